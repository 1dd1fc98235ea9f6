// Every article with the places that it names.
MATCH (a:Article)
OPTIONAL MATCH (p:Place)-[:MENTIONED_IN]->(a)
WITH a, p.id AS place
ORDER BY place
WITH a, collect(place) AS places
RETURN a.id AS id, a.outlet AS outlet, a.published AS published, a.home AS home, places
ORDER BY id
