// Claims with one of these nodes at either end, or read from this article.
// An article's claims run between nodes that it mentions.
CALL {
  UNWIND $ids AS id
  MATCH (:Entity {id: id})-[c]-()
  WHERE c.claim IS NOT NULL
  RETURN c
  UNION
  UNWIND $ids AS id
  WITH id WHERE id STARTS WITH 'article:'
  MATCH (:Entity {id: id})-[:MENTIONED_IN|REFERS_TO]-(n)-[c]->()
  WHERE c.article = id AND c.claim IS NOT NULL
  RETURN c
}
MATCH (a:Entity {id: c.article})
RETURN c.claim AS claim, startNode(c).id AS subject, type(c) AS predicate, endNode(c).id AS object,
       c.article AS article, c.quote AS quote, c.start AS start, c.end AS end,
       c.status AS status, c.confidence AS confidence, c.rule AS rule, properties(c) AS props,
       a.title AS title, a.outlet AS outlet, a.published AS published
ORDER BY claim
