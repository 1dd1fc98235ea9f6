-- The ends of all done claims with one of the nodes at either end, but for those
-- on figures: two places are not tied by measuring the same thing.
SELECT c.subject, c.object
FROM json_each(:ids) AS j
CROSS JOIN claim AS c ON c.subject = j.value
WHERE c.type <> 'MEASURED' AND c.status = 'done' AND c.confidence >= :least
UNION
SELECT c.subject, c.object
FROM json_each(:ids) AS j
CROSS JOIN claim AS c ON c.object = j.value
WHERE c.type <> 'MEASURED' AND c.status = 'done' AND c.confidence >= :least
ORDER BY 1, 2
