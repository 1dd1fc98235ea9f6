-- Views for questions by hand: docs/adhoc.md explains them. They hold what the
-- dump holds under the names of the model, and cost nothing until they are read.

CREATE VIEW articles AS
SELECT id, title, outlet, url, published, published_precision, authors, script, home, text
FROM article;

CREATE VIEW places AS
SELECT n.id, n.name, n.level, n.city, n.parent, p.name AS parent_name, n.lat, n.lon, n.valid_from, n.valid_to,
       'place:' || n.today AS today
FROM node AS n LEFT JOIN node AS p ON p.id = n.parent
WHERE n.label = 'Place';

CREATE VIEW nodes AS
SELECT id, label, name, aliases, kind, domain, level, practice
FROM node;

CREATE VIEW initiatives AS
SELECT id, name, aliases, kind, domain, practice FROM node WHERE label = 'Initiative';

CREATE VIEW experiences AS
SELECT id, name, aliases, domain FROM node WHERE label = 'Experience';

CREATE VIEW claims AS
SELECT c.claim, c.subject, s.label AS subject_label, s.name AS subject_name, c.type AS predicate,
       c.object, o.label AS object_label, o.name AS object_name, c.status, c.confidence,
       c.since AS date, c.precision, c.basis, c.props,
       c.article, a.title, a.outlet, a.url, a.published, c.quote, c.start AS quote_start, c."end" AS quote_end, c.rule
FROM claim AS c
JOIN node AS s ON s.id = c.subject
JOIN node AS o ON o.id = c.object
JOIN article AS a ON a.id = c.article;

CREATE VIEW adoptions AS
SELECT x.object AS experience, e.name AS experience_name, x.subject AS initiative, i.name AS initiative_name,
       p.object AS place, l.name AS place_name, l.level AS place_level, 'place:' || l.today AS place_today,
       coalesce(x.since, p.since, a.published) AS date,
       CASE WHEN coalesce(x.since, p.since) IS NULL THEN 'published' ELSE coalesce(CASE WHEN x.since IS NULL THEN p.basis ELSE x.basis END, 'stated') END AS basis,
       x.confidence, x.article, a.title, a.outlet, x.quote, x.claim AS applies_claim, p.claim AS in_claim
FROM claim AS x
JOIN claim AS p ON p.subject = x.subject AND p.type = 'IN' AND p.status = 'done'
JOIN node AS e ON e.id = x.object
JOIN node AS i ON i.id = x.subject
JOIN node AS l ON l.id = p.object
JOIN article AS a ON a.id = x.article
WHERE x.type = 'APPLIES' AND x.status = 'done';

CREATE VIEW mentions AS
SELECT m.node, n.label, n.name AS node_name, m.article, a.published, m.name, m.aliases, m.props, m.starts, m.ends
FROM mention AS m
JOIN node AS n ON n.id = m.node
JOIN article AS a ON a.id = m.article;
