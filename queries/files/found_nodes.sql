-- Nodes whose folded names and aliases hold the phrases of a search.
SELECT n.id, n.label, n.name, n.level, n.kind, n.domain,
       (SELECT json_group_array(k.key ORDER BY k.key) FROM node_key AS k WHERE k.node = n.id) AS keys_json,
       (SELECT count(*) FROM mention AS m WHERE m.node = n.id) AS articles
FROM node_words AS w
CROSS JOIN indexed AS i ON i.n = w.rowid
CROSS JOIN node AS n ON n.id = i.id
WHERE w.words MATCH :words
