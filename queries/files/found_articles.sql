-- Articles whose title and text hold the phrases of a search.
SELECT a.id, a.title, a.outlet, a.published, a.home
FROM article_words AS w
CROSS JOIN indexed AS i ON i.n = w.rowid
CROSS JOIN article AS a INDEXED BY article_found ON a.id = i.id
WHERE w.words MATCH :words
