-- What initiatives in these places are, apply and received, and who leads them.
-- CROSS JOIN keeps the tables in the order written: indexes serve them only so.
WITH here (id) AS (
    SELECT DISTINCT c.subject
    FROM json_each(:places) AS j
    CROSS JOIN claim AS c ON c.object = j.value AND c.type = 'IN'
    WHERE c.subject >= 'initiative:' AND c.subject < 'initiative;'
)
SELECT c.claim, c.subject, c.type AS predicate, c.object, c.article, c.quote, c.start, c."end" AS "end",
       c.status, c.confidence, c.rule, c.props AS props_json, a.title, a.outlet, a.published
FROM here
CROSS JOIN claim AS c ON c.subject = here.id AND c.type IN ('IN', 'APPLIES', 'LED_BY', 'RECEIVED')
CROSS JOIN article AS a ON a.id = c.article
ORDER BY c.claim
