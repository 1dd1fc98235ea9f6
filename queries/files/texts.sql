-- Texts of the articles of these ids.
SELECT a.id, a.text
FROM json_each(:ids) AS j
CROSS JOIN article AS a ON a.id = j.value
ORDER BY a.id
