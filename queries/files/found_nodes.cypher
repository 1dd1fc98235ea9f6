// Nodes whose folded names and aliases hold the phrases of a search.
CALL db.index.fulltext.queryNodes('node_words', $words) YIELD node AS n
RETURN n.id AS id, [l IN labels(n) WHERE NOT l IN ['Entity', 'City']][0] AS label, n.name AS name,
       n.level AS level, n.kind AS kind, n.domain AS domain, n._keys AS keys,
       COUNT { (n)-[:MENTIONED_IN]->() } AS articles
