// Claims about the places, about the initiatives, pilots and bodies that are in
// one of them, and about the bodies whose id names one of them.
CALL {
  UNWIND $ids AS id
  MATCH (n:Entity {id: id})
  RETURN n
  UNION
  UNWIND $ids AS id
  MATCH (:Entity {id: id})<-[:IN]-(n)
  RETURN n
  UNION
  UNWIND $ids AS id
  MATCH (n:Entity)
  WHERE n.id STARTS WITH 'org:' + substring(id, 6) + ':'
  RETURN n
}
MATCH (n)-[c]-()
WHERE c.claim IS NOT NULL
WITH DISTINCT c
MATCH (a:Entity {id: c.article})
RETURN c.claim AS claim, startNode(c).id AS subject, type(c) AS predicate, endNode(c).id AS object,
       c.article AS article, c.quote AS quote, c.start AS start, c.end AS end,
       c.status AS status, c.confidence AS confidence, c.rule AS rule, properties(c) AS props,
       a.title AS title, a.outlet AS outlet, a.published AS published
ORDER BY claim
