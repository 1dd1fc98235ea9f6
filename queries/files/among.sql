-- Claims with both ends among the nodes.
SELECT c.claim, c.subject, c.type AS predicate, c.object, c.article, c.quote, c.start, c."end" AS "end",
       c.status, c.confidence, c.rule, c.props AS props_json, a.title, a.outlet, a.published
FROM json_each(:ids) AS j
CROSS JOIN claim AS c ON c.subject = j.value
CROSS JOIN article AS a ON a.id = c.article
WHERE c.object IN (SELECT value FROM json_each(:ids))
ORDER BY c.claim
