-- The places of these ids with all that they lie in and what they are today.
WITH RECURSIVE need (id) AS (
    SELECT value FROM json_each(:ids)
    UNION
    SELECT n.parent FROM need CROSS JOIN node AS n ON n.id = need.id WHERE n.parent IS NOT NULL
    UNION
    SELECT 'place:' || n.today FROM need CROSS JOIN node AS n ON n.id = need.id WHERE n.today IS NOT NULL
)
SELECT n.id, n.name, n.level, n.today, n.parent, n.city AS city_bool
FROM need
CROSS JOIN node AS n ON n.id = need.id
WHERE n.label = 'Place'
ORDER BY n.id
