-- Texts of the articles of these ids.
SELECT a.id, json_object('text', a.text) AS props_json
FROM json_each(:ids) AS j
CROSS JOIN article AS a ON a.id = j.value
ORDER BY a.id
