-- APPLIES and IN claims of all initiatives that apply one of the experiences or
-- carry one of the practices.
WITH adopting (id) AS (
    SELECT c.subject FROM claim AS c
    WHERE c.type = 'APPLIES' AND c.object IN (SELECT value FROM json_each(:experiences))
    UNION
    SELECT n.id FROM node AS n
    WHERE n.practice IN (SELECT value FROM json_each(:practices))
)
SELECT c.claim, c.subject, c.type AS predicate, c.object, c.article, c.quote, c.start, c."end" AS "end",
       c.status, c.confidence, c.rule, c.props AS props_json, a.title, a.outlet, a.published
FROM adopting
CROSS JOIN claim AS c ON c.subject = adopting.id AND c.type IN ('APPLIES', 'IN')
CROSS JOIN article AS a ON a.id = c.article
ORDER BY c.claim
