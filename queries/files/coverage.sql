-- Every article with the places that it names.
SELECT a.id, a.outlet, a.published, a.home,
       (SELECT json_group_array(m.node ORDER BY m.node) FROM mention AS m
        WHERE m.article = a.id AND m.node >= 'place:' AND m.node < 'place;') AS places_json
FROM article AS a
ORDER BY a.id
