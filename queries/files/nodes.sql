-- Names and attributes of the nodes of these ids; ids of no node are left out.
SELECT n.id, n.label, n.name, n.level, n.kind, n.domain
FROM json_each(:ids) AS j
CROSS JOIN node AS n ON n.id = j.value
ORDER BY n.id
