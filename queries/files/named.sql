-- Nodes of a label with this folded name or alias.
SELECT n.id, n.name
FROM node_key AS k
CROSS JOIN node AS n ON n.id = k.node
WHERE k.key = :key AND n.label = :label
ORDER BY n.id
