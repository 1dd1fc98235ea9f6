-- What all initiatives are, apply and received, and who leads them.
SELECT c.claim, c.subject, c.type AS predicate, c.object, c.article, c.quote, c.start, c."end" AS "end",
       c.status, c.confidence, c.rule, c.props AS props_json, a.title, a.outlet, a.published
FROM claim AS c
CROSS JOIN article AS a ON a.id = c.article
WHERE c.type IN ('IN', 'APPLIES', 'LED_BY', 'RECEIVED') AND c.subject >= 'initiative:' AND c.subject < 'initiative;'
ORDER BY c.claim
