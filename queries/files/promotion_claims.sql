-- What was promoted to which scope, and which experiences the initiatives among
-- it apply.
WITH wanted (claim) AS (
    SELECT claim FROM claim WHERE type = 'PROMOTED_TO'
    UNION
    SELECT ap.claim FROM claim AS pr
    CROSS JOIN claim AS ap ON ap.subject = pr.subject AND ap.type = 'APPLIES'
    WHERE pr.type = 'PROMOTED_TO'
)
SELECT c.claim, c.subject, c.type AS predicate, c.object, c.article, c.quote, c.start, c."end" AS "end",
       c.status, c.confidence, c.rule, c.props AS props_json, a.title, a.outlet, a.published
FROM wanted
CROSS JOIN claim AS c ON c.claim = wanted.claim
CROSS JOIN article AS a ON a.id = c.article
ORDER BY c.claim
