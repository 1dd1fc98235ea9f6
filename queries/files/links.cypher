// The ends of all done claims with one of the nodes at either end, but for those
// on figures: two places are not tied by measuring the same thing.
UNWIND $ids AS id
MATCH (:Entity {id: id})-[c:PART_OF|IN|LED_BY|HOLDS|UNDERTAKES|RECEIVED|GRANTED_BY|APPLIES|ORIGINATED_IN|PROMOTED_TO|LEARNED_FROM|ISSUED]-()
WHERE c.status = 'done' AND c.confidence >= $least
RETURN DISTINCT startNode(c).id AS subject, endNode(c).id AS object
ORDER BY subject, object
