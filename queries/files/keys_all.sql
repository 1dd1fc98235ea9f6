-- Nodes with a folded name or alias that holds the phrase.
SELECT n.id, n.label, n.name, n.level, n.kind, n.domain,
       (SELECT json_group_array(k.key ORDER BY k.key) FROM node_key AS k WHERE k.node = n.id) AS keys_json,
       (SELECT count(*) FROM mention AS m WHERE m.node = n.id) AS articles
FROM node AS n
WHERE n.id IN (SELECT k.node FROM node_key AS k WHERE instr(k.key, :phrase) > 0)
ORDER BY n.id
