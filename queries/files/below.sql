-- A place with all that lies below it today, and what became one of these.
WITH RECURSIVE inside (id) AS (
    SELECT id FROM node WHERE id = :id
    UNION
    SELECT n.id FROM inside CROSS JOIN node AS n ON n.parent = inside.id
)
SELECT id FROM inside
UNION
SELECT n.id FROM inside CROSS JOIN node AS n ON n.today = substr(inside.id, 7)
ORDER BY id
