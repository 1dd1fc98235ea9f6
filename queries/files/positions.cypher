// Where the places of these ids lie, of those whose coordinates are known.
UNWIND $ids AS id
MATCH (n:Entity {id: id})
WHERE n.lat IS NOT NULL
RETURN n.id AS id, n.lat AS lat, n.lon AS lon
ORDER BY id
