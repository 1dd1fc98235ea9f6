-- Claims with one of these nodes at either end, or read from this article.
WITH wanted (claim) AS (
    SELECT c.claim FROM claim AS c WHERE c.subject IN (SELECT value FROM json_each(:ids))
    UNION
    SELECT c.claim FROM claim AS c WHERE c.object IN (SELECT value FROM json_each(:ids))
    UNION
    SELECT c.claim FROM claim AS c WHERE c.article IN (SELECT value FROM json_each(:ids))
)
SELECT c.claim, c.subject, c.type AS predicate, c.object, c.article, c.quote, c.start, c."end" AS "end",
       c.status, c.confidence, c.rule, c.props AS props_json, a.title, a.outlet, a.published
FROM wanted
CROSS JOIN claim AS c ON c.claim = wanted.claim
CROSS JOIN article AS a ON a.id = c.article
ORDER BY c.claim
