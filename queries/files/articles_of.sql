-- Articles that mention one of the nodes.
SELECT a.id, a.title, a.outlet, a.url, a.published
FROM article AS a
WHERE a.id IN (SELECT m.article FROM mention AS m WHERE m.node IN (SELECT value FROM json_each(:ids)))
ORDER BY a.id
