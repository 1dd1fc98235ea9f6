// Nodes of a label with this folded name or alias.
MATCH (n:Entity)
WHERE $key IN n._keys AND $label IN labels(n)
RETURN n.id AS id, n.name AS name
ORDER BY id
