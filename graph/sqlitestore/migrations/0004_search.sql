-- Operational: what search looks through. Beside each word the index keeps where it
-- stands, and none of the texts. The words are single characters, as
-- graph/script.Tokens makes them of names and texts: the tokenizer splits at spaces
-- and nowhere else. The program fills these tables for what is in the file already.

-- The number under which the index knows a node or article.
CREATE TABLE indexed (
    n  INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE
) STRICT;

-- Folded names and aliases of nodes, the keys of node_key.
CREATE VIRTUAL TABLE node_words USING fts5 (
    words, content = '', contentless_delete = 1,
    tokenize = "ascii tokenchars '!#$%&*+,-./:;<=>?@^_`|~'"
);

-- Titles and texts of articles.
CREATE VIRTUAL TABLE article_words USING fts5 (
    words, content = '', contentless_delete = 1,
    tokenize = "ascii tokenchars '!#$%&*+,-./:;<=>?@^_`|~'"
);
