// Texts of the articles of these ids.
UNWIND $ids AS id
MATCH (a:Entity {id: id})
RETURN a.id AS id, {text: a.text} AS props
ORDER BY id
