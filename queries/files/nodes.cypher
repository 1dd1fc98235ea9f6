// Names and attributes of the nodes of these ids; ids of no node are left out.
UNWIND $ids AS id
MATCH (n:Entity {id: id})
RETURN n.id AS id, [l IN labels(n) WHERE NOT l IN ['Entity', 'City']][0] AS label,
       n.name AS name, n.level AS level, n.kind AS kind, n.domain AS domain
ORDER BY id
