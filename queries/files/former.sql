-- These places and all that became one of them.
SELECT n.id
FROM json_each(:ids) AS j
CROSS JOIN node AS n ON n.today = substr(j.value, 7)
WHERE n.label = 'Place'
ORDER BY n.id
