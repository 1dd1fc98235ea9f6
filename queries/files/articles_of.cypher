// Articles that mention one of the nodes.
UNWIND $ids AS id
MATCH (:Entity {id: id})-[:MENTIONED_IN]->(a:Article)
WITH DISTINCT a
RETURN a.id AS id, a.title AS title, a.outlet AS outlet, a.url AS url, a.published AS published
ORDER BY id
