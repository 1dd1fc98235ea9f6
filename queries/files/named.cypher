// Nodes of a label with this folded name or alias. The full-text index finds the
// phrase anywhere in a name; the condition keeps those that it is the whole of.
CALL db.index.fulltext.queryNodes('entity_keys', '"' + replace($key, '\\', '\\\\') + '"') YIELD node AS n
WHERE $key IN n._keys AND $label IN labels(n)
RETURN n.id AS id, n.name AS name
ORDER BY id
