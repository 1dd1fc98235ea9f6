// These places and all that became one of them.
UNWIND $ids AS id
MATCH (n:Place {today: substring(id, 6)})
RETURN n.id AS id
ORDER BY id
