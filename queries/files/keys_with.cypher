// Nodes with a folded name or alias that holds the phrase, which is all Chinese
// characters: the index has a term for each of them.
CALL db.index.fulltext.queryNodes('entity_keys', '"' + $phrase + '"') YIELD node AS n
WHERE any(k IN n._keys WHERE k CONTAINS $phrase)
RETURN n.id AS id, [l IN labels(n) WHERE NOT l IN ['Entity', 'City']][0] AS label, n.name AS name,
       n.level AS level, n.kind AS kind, n.domain AS domain, n._keys AS keys,
       COUNT { (n)-[:MENTIONED_IN]->() } AS articles
ORDER BY id
