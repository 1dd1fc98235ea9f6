-- Mentions that no article's reading could tie to a node, with their text.
SELECT a.id AS article, a.published, u.value ->> '$.start' AS start, u.value ->> '$.end' AS "end",
       u.value ->> '$.text' AS text, u.value ->> '$.why' AS why
FROM article AS a, json_each(a.unresolved) AS u
ORDER BY a.id, start, "end", why
