-- The last date of publication.
SELECT max(a.published) AS last
FROM article AS a
