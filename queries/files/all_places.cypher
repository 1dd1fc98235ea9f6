// Every place.
MATCH (p:Place)
OPTIONAL MATCH (p)-[:PART_OF]->(parent:Place)
RETURN p.id AS id, p.name AS name, p.level AS level, p.today AS today, parent.id AS parent, p:City AS city
ORDER BY id
