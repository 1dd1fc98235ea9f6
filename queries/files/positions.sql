-- Where the places of these ids lie, of those whose coordinates are known.
SELECT n.id, json_extract(n.props, '$.lat') AS lat, json_extract(n.props, '$.lon') AS lon
FROM json_each(:ids) AS j
CROSS JOIN node AS n ON n.id = j.value
WHERE json_extract(n.props, '$.lat') IS NOT NULL
ORDER BY n.id
