// APPLIES and IN claims of all initiatives that apply some experience or share
// their practice with another one. Reads the whole graph's adoptions.
CALL {
  MATCH (i:Initiative)-[:APPLIES]->(:Experience)
  RETURN i
  UNION
  MATCH (same:Initiative)
  WITH same.practice AS practice, collect(same) AS group
  WHERE size(group) > 1
  UNWIND group AS i
  RETURN i
}
MATCH (i)-[c:APPLIES|IN]->()
MATCH (a:Entity {id: c.article})
RETURN c.claim AS claim, startNode(c).id AS subject, type(c) AS predicate, endNode(c).id AS object,
       c.article AS article, c.quote AS quote, c.start AS start, c.end AS end,
       c.status AS status, c.confidence AS confidence, c.rule AS rule, properties(c) AS props,
       a.title AS title, a.outlet AS outlet, a.published AS published
ORDER BY claim
