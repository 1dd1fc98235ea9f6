-- Every place.
SELECT n.id, n.name, n.level, n.today, n.parent, n.city AS city_bool
FROM node AS n
WHERE n.label = 'Place'
ORDER BY n.id
