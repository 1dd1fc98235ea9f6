// How many nodes there are of each label and claims of each type, and the first
// and last date of publication.
CALL {
  MATCH (n:Entity)
  WHERE NOT n:Article
  UNWIND [l IN labels(n) WHERE NOT l IN ['Entity', 'City']] AS name
  RETURN 'node' AS what, name, count(*) AS count, null AS first, null AS last
  UNION ALL
  MATCH (:Entity)-[c]->(:Entity)
  WHERE c.claim IS NOT NULL
  RETURN 'claim' AS what, type(c) AS name, count(*) AS count, null AS first, null AS last
  UNION ALL
  MATCH (a:Article)
  RETURN 'article' AS what, 'Article' AS name, count(*) AS count, min(a.published) AS first, max(a.published) AS last
}
RETURN what, name, count, first, last
ORDER BY what, name
