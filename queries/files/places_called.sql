-- Places whose folded name begins with this.
SELECT n.id, n.name, n.level, n.today, n.parent
FROM node AS n
WHERE n.name_key >= :key AND n.name_key < :key || char(1114111) AND n.label = 'Place'
ORDER BY n.id
