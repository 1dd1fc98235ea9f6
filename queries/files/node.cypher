// One node.
MATCH (n:Entity {id: $id})
OPTIONAL MATCH (n)-[:PART_OF]->(parent:Place)
RETURN n.id AS id, n:City AS city, coalesce(n.name, n.title) AS name, coalesce(n.aliases, []) AS aliases,
       parent.id AS parent, n {.*, _words: null} AS props
