// Places whose folded name begins with this.
MATCH (n:Entity)
WHERE n._name_key STARTS WITH $key AND n:Place
OPTIONAL MATCH (n)-[:PART_OF]->(parent:Place)
RETURN n.id AS id, n.name AS name, n.level AS level, n.today AS today, parent.id AS parent
ORDER BY id
