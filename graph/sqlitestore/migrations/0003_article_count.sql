-- The number of articles, which each answer asks for with the revision.
INSERT INTO meta SELECT 'articles', count(*) FROM article;
