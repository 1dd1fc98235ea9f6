// Nodes with an id between two, both excluded, in order of id. An id begins with
// a word for its label, so such a stretch holds the nodes of one label.
MATCH (n:Entity)
WHERE n.id > $after AND n.id < $before
WITH n
ORDER BY n.id
LIMIT $limit
OPTIONAL MATCH (n)-[:PART_OF]->(parent:Place)
RETURN n.id AS id, n:City AS city, coalesce(n.name, n.title) AS name, coalesce(n.aliases, []) AS aliases,
       parent.id AS parent, n {.*, _words: null} AS props
ORDER BY id
