-- The graph as tables. Ids are text and compare byte by byte. Columns named after
-- design.md section 3 hold what the dump holds; the others are operational.

-- store_id, revision and edition.
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE article (
    id                  TEXT PRIMARY KEY,
    title               TEXT,
    outlet              TEXT,
    url                 TEXT,
    published           TEXT,
    published_precision TEXT,
    authors             TEXT NOT NULL, -- JSON array
    script              TEXT,
    home                TEXT REFERENCES node (id) DEFERRABLE INITIALLY DEFERRED,
    given               TEXT NOT NULL, -- JSON array
    unresolved          TEXT NOT NULL, -- JSON array of {start,end,text,why}
    text_sha256         TEXT NOT NULL,
    hash                TEXT NOT NULL, -- operational, as the next two
    edition             TEXT NOT NULL,
    source              TEXT,
    text                TEXT NOT NULL  -- last, so that the columns above are read without it
) STRICT;
CREATE INDEX article_home ON article (home);
CREATE INDEX article_published ON article (published);
CREATE INDEX article_edition ON article (edition);
CREATE INDEX article_source ON article (source); -- whether a file gave another text before

-- Every node but articles. props are the properties of the dump.
CREATE TABLE node (
    id         TEXT PRIMARY KEY,
    label      TEXT NOT NULL,
    city       INTEGER NOT NULL,
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL,    -- the name folded: one form for both scripts and widths
    aliases    TEXT NOT NULL,    -- JSON array
    alias_keys TEXT NOT NULL,    -- JSON array, one folded alias for each alias
    parent     TEXT REFERENCES node (id) DEFERRABLE INITIALLY DEFERRED, -- of places: PART_OF
    props      TEXT NOT NULL,    -- JSON object
    level      TEXT GENERATED ALWAYS AS (props ->> '$.level') VIRTUAL,
    today      TEXT GENERATED ALWAYS AS (props ->> '$.today') VIRTUAL,
    kind       TEXT GENERATED ALWAYS AS (props ->> '$.kind') VIRTUAL,
    domain     TEXT GENERATED ALWAYS AS (props ->> '$.domain') VIRTUAL,
    practice   TEXT GENERATED ALWAYS AS (props ->> '$.practice') VIRTUAL,
    lat        REAL GENERATED ALWAYS AS (props ->> '$.lat') VIRTUAL,
    lon        REAL GENERATED ALWAYS AS (props ->> '$.lon') VIRTUAL,
    valid_from TEXT GENERATED ALWAYS AS (props ->> '$.valid_from') VIRTUAL,
    valid_to   TEXT GENERATED ALWAYS AS (props ->> '$.valid_to') VIRTUAL
) STRICT;
CREATE INDEX node_label ON node (label, id);
CREATE INDEX node_name_key ON node (name_key, label, id);
CREATE INDEX node_practice ON node (practice);
CREATE INDEX node_parent ON node (parent);
CREATE INDEX node_today ON node (today);

-- Each folded name or alias of a node, to find nodes by name in either script.
CREATE TABLE node_key (
    key  TEXT NOT NULL,
    node TEXT NOT NULL REFERENCES node (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (key, node)
) STRICT, WITHOUT ROWID;
CREATE INDEX node_key_node ON node_key (node);

CREATE TABLE claim (
    claim      TEXT PRIMARY KEY,
    type       TEXT NOT NULL,
    subject    TEXT NOT NULL REFERENCES node (id) DEFERRABLE INITIALLY DEFERRED,
    object     TEXT NOT NULL REFERENCES node (id) DEFERRABLE INITIALLY DEFERRED,
    article    TEXT NOT NULL REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
    quote      TEXT NOT NULL,
    start      INTEGER NOT NULL,
    "end"      INTEGER NOT NULL,
    status     TEXT NOT NULL,
    confidence REAL NOT NULL,
    rule       TEXT NOT NULL,
    props      TEXT NOT NULL, -- JSON object: the edge's own properties
    since      TEXT GENERATED ALWAYS AS (coalesce(props ->> '$.since', props ->> '$.date')) VIRTUAL,
    precision  TEXT GENERATED ALWAYS AS (props ->> '$.precision') VIRTUAL,
    basis      TEXT GENERATED ALWAYS AS (props ->> '$.basis') VIRTUAL
) STRICT;
CREATE INDEX claim_subject ON claim (subject, type);
CREATE INDEX claim_object ON claim (object, type);
CREATE INDEX claim_article ON claim (article);
CREATE INDEX claim_type ON claim (type, status);

-- The MENTIONED_IN edges: one article's view of one node.
CREATE TABLE mention (
    node    TEXT NOT NULL REFERENCES node (id) DEFERRABLE INITIALLY DEFERRED,
    article TEXT NOT NULL REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
    name    TEXT NOT NULL,
    aliases TEXT NOT NULL, -- JSON array
    props   TEXT NOT NULL, -- JSON object: the attributes of the view
    starts  TEXT NOT NULL, -- JSON array of code-point offsets
    ends    TEXT NOT NULL, -- JSON array, as long as starts
    PRIMARY KEY (node, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_article ON mention (article);

-- Operational: the places an article needs, parents and successors among them. A
-- place lives as long as it has a row here.
CREATE TABLE article_place (
    article TEXT NOT NULL REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
    place   TEXT NOT NULL REFERENCES node (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (article, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_place_place ON article_place (place);

-- Operational: the graph.Tally of each node that is no place, so that its
-- attributes follow without reading all its mentions.
CREATE TABLE tally (
    node  TEXT PRIMARY KEY REFERENCES node (id) DEFERRABLE INITIALLY DEFERRED,
    tally TEXT NOT NULL -- JSON
) STRICT, WITHOUT ROWID;

-- Operational: what transaction n did to an article.
CREATE TABLE change_log (
    n       INTEGER NOT NULL,
    article TEXT NOT NULL,
    outcome TEXT NOT NULL,
    added   TEXT NOT NULL, -- JSON array of claim ids
    removed TEXT NOT NULL, -- JSON array of claim ids
    PRIMARY KEY (n, article)
) STRICT, WITHOUT ROWID;
