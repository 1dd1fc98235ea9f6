-- Who received which recognition, who granted it, and which experiences the
-- initiatives that received one apply.
WITH wanted (claim) AS (
    SELECT claim FROM claim WHERE type = 'RECEIVED'
    UNION
    SELECT claim FROM claim WHERE type = 'GRANTED_BY' AND subject >= 'recognition:' AND subject < 'recognition;'
    UNION
    SELECT ap.claim FROM claim AS re
    CROSS JOIN claim AS ap ON ap.subject = re.subject AND ap.type = 'APPLIES'
    WHERE re.type = 'RECEIVED'
)
SELECT c.claim, c.subject, c.type AS predicate, c.object, c.article, c.quote, c.start, c."end" AS "end",
       c.status, c.confidence, c.rule, c.props AS props_json, a.title, a.outlet, a.published
FROM wanted
CROSS JOIN claim AS c ON c.claim = wanted.claim
CROSS JOIN article AS a ON a.id = c.article
ORDER BY c.claim
