// Articles whose title and text hold the phrases of a search.
CALL db.index.fulltext.queryNodes('article_words', $words) YIELD node AS a
RETURN a.id AS id, a.title AS title, a.outlet AS outlet, a.published AS published, a.home AS home
