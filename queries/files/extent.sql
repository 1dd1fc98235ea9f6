-- How many nodes there are of each label and claims of each type, and the first
-- and last date of publication.
SELECT 'node' AS what, n.label AS name, count(*) AS count, NULL AS first, NULL AS last
FROM node AS n
GROUP BY n.label
UNION ALL
SELECT 'claim', c.type, count(*), NULL, NULL
FROM claim AS c
GROUP BY c.type
UNION ALL
SELECT 'article', 'Article', count(*), min(a.published), max(a.published)
FROM article AS a
ORDER BY what, name
