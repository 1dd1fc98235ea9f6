-- Claims that may be at odds with others of their type: figures with a value,
-- posts, and where experiences began.
SELECT c.claim, c.subject, c.type AS predicate, c.object, c.article, c.quote, c.start, c."end" AS "end",
       c.status, c.confidence, c.rule, c.props AS props_json, a.title, a.outlet, a.published
FROM claim AS c
CROSS JOIN article AS a ON a.id = c.article
WHERE c.type IN ('MEASURED', 'HOLDS', 'ORIGINATED_IN') AND c.status = 'done'
  AND (c.type <> 'MEASURED' OR c.props ->> '$.value' IS NOT NULL)
ORDER BY c.claim
