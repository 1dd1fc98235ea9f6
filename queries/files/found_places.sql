-- Articles whose title and text hold the phrases of a search, with the places that
-- they name.
SELECT m.article AS id, json_group_array(m.node) AS places_json
FROM article_words AS w
CROSS JOIN indexed AS i ON i.n = w.rowid
CROSS JOIN mention AS m ON m.article = i.id
WHERE w.words MATCH :words AND m.node >= 'place:' AND m.node < 'place;'
GROUP BY m.article
