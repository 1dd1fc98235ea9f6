// Nodes with a folded name or alias that holds the phrase. The index knows Latin
// words and numbers only as wholes, so all names are looked through.
MATCH (n:Entity)
WHERE any(k IN n._keys WHERE k CONTAINS $phrase)
RETURN n.id AS id, [l IN labels(n) WHERE NOT l IN ['Entity', 'City']][0] AS label, n.name AS name,
       n.level AS level, n.kind AS kind, n.domain AS domain, n._keys AS keys,
       COUNT { (n)-[:MENTIONED_IN]->() } AS articles
ORDER BY id
