-- One node.
SELECT n.id, n.city AS city_bool, n.name, n.aliases AS aliases_json, n.parent, n.props AS props_json
FROM node AS n
WHERE n.id = :id
UNION ALL
SELECT a.id, 0, a.title, '[]', NULL,
       json_object('title', a.title, 'outlet', a.outlet, 'url', a.url, 'published', a.published,
                   'published_precision', a.published_precision, 'authors', json(a.authors), 'script', a.script,
                   'home', a.home, 'text', a.text, 'text_sha256', a.text_sha256)
FROM article AS a
WHERE a.id = :id
