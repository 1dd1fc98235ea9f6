// Texts of the articles of these ids.
UNWIND $ids AS id
MATCH (a:Entity {id: id})
RETURN a.id AS id, a.text AS text
ORDER BY id
