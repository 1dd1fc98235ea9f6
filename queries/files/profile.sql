-- CROSS JOIN keeps the tables in the order written: indexes serve them only so.
-- Claims about the places, about the initiatives, pilots and bodies that are in
-- one of them, and about the bodies whose id names one of them.
WITH near (id) AS (
    SELECT value FROM json_each(:ids)
    UNION
    SELECT c.subject FROM claim AS c WHERE c.type = 'IN' AND c.object IN (SELECT value FROM json_each(:ids))
    UNION
    SELECT n.id FROM json_each(:ids) AS j
    CROSS JOIN node AS n ON n.id >= 'org:' || substr(j.value, 7) || ':' AND n.id < 'org:' || substr(j.value, 7) || ';'
),
wanted (claim) AS (
    SELECT c.claim FROM near CROSS JOIN claim AS c ON c.subject = near.id
    UNION
    SELECT c.claim FROM near CROSS JOIN claim AS c ON c.object = near.id
)
SELECT c.claim, c.subject, c.type AS predicate, c.object, c.article, c.quote, c.start, c."end" AS "end",
       c.status, c.confidence, c.rule, c.props AS props_json, a.title, a.outlet, a.published
FROM wanted
CROSS JOIN claim AS c ON c.claim = wanted.claim
CROSS JOIN article AS a ON a.id = c.article
ORDER BY c.claim
