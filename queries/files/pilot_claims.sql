-- Who undertakes which pilot, where pilots are, and who granted them.
SELECT c.claim, c.subject, c.type AS predicate, c.object, c.article, c.quote, c.start, c."end" AS "end",
       c.status, c.confidence, c.rule, c.props AS props_json, a.title, a.outlet, a.published
FROM claim AS c
CROSS JOIN article AS a ON a.id = c.article
WHERE c.type = 'UNDERTAKES' OR c.type IN ('IN', 'GRANTED_BY') AND c.subject >= 'pilot:' AND c.subject < 'pilot;'
ORDER BY c.claim
