-- Every article's title.
SELECT a.id, a.title, a.outlet, a.published
FROM article AS a
ORDER BY a.id
