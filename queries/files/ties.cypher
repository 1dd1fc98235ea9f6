// LEARNED_FROM claims, and where the experiences learned from began.
CALL {
  MATCH ()-[c:LEARNED_FROM]->()
  RETURN c
  UNION
  MATCH ()-[:LEARNED_FROM]->(e:Experience)
  WITH DISTINCT e
  MATCH (e)-[c:ORIGINATED_IN]->()
  RETURN c
}
MATCH (a:Entity {id: c.article})
RETURN c.claim AS claim, startNode(c).id AS subject, type(c) AS predicate, endNode(c).id AS object,
       c.article AS article, c.quote AS quote, c.start AS start, c.end AS end,
       c.status AS status, c.confidence AS confidence, c.rule AS rule, properties(c) AS props,
       a.title AS title, a.outlet AS outlet, a.published AS published
ORDER BY claim
