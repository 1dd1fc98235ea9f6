// Articles whose title and text hold the phrases of a search, with the places that
// they name.
CALL db.index.fulltext.queryNodes('article_words', $words) YIELD node AS a
MATCH (p:Place)-[:MENTIONED_IN]->(a)
RETURN a.id AS id, collect(p.id) AS places
