// Who received which recognition, who granted it, and which experiences the
// initiatives that received one apply.
CALL {
  MATCH ()-[c:RECEIVED]->()
  RETURN c
  UNION
  MATCH (:Recognition)-[c:GRANTED_BY]->()
  RETURN c
  UNION
  MATCH (i:Initiative)-[:RECEIVED]->()
  WITH DISTINCT i
  MATCH (i)-[c:APPLIES]->()
  RETURN c
}
MATCH (a:Entity {id: c.article})
RETURN c.claim AS claim, startNode(c).id AS subject, type(c) AS predicate, endNode(c).id AS object,
       c.article AS article, c.quote AS quote, c.start AS start, c.end AS end,
       c.status AS status, c.confidence AS confidence, c.rule AS rule, properties(c) AS props,
       a.title AS title, a.outlet AS outlet, a.published AS published
ORDER BY claim
