// The places of these ids with all that they lie in and what they are today.
// What a place is today needs no further step: today names the last successor.
UNWIND $ids AS id
MATCH (:Entity {id: id})-[:PART_OF*0..8]->(up:Place)
WITH DISTINCT up
MATCH (now:Entity {id: 'place:' + up.today})-[:PART_OF*0..8]->(above:Place)
WITH collect(DISTINCT up) + collect(DISTINCT above) AS all
UNWIND all AS p
WITH DISTINCT p
OPTIONAL MATCH (p)-[:PART_OF]->(parent:Place)
RETURN p.id AS id, p.name AS name, p.level AS level, p.today AS today, parent.id AS parent, p:City AS city
ORDER BY id
