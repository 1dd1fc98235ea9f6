// Claims that may be at odds with others of their type: figures with a value,
// posts, and where experiences began.
MATCH ()-[c:MEASURED|HOLDS|ORIGINATED_IN]->()
WHERE c.status = 'done' AND (type(c) <> 'MEASURED' OR c.value IS NOT NULL)
MATCH (a:Entity {id: c.article})
RETURN c.claim AS claim, startNode(c).id AS subject, type(c) AS predicate, endNode(c).id AS object,
       c.article AS article, c.quote AS quote, c.start AS start, c.end AS end,
       c.status AS status, c.confidence AS confidence, c.rule AS rule, properties(c) AS props,
       a.title AS title, a.outlet AS outlet, a.published AS published
ORDER BY claim
