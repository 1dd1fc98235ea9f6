// A place with all that lies below it today, and what became one of these.
MATCH (p:Entity {id: $id})
MATCH (inside:Place)-[:PART_OF*0..8]->(p)
WITH collect(DISTINCT inside) AS insides
CALL (insides) {
  UNWIND insides AS inside
  RETURN inside.id AS id
  UNION
  UNWIND insides AS inside
  MATCH (former:Place {today: substring(inside.id, 6)})
  RETURN former.id AS id
}
RETURN id
ORDER BY id
