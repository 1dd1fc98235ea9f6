// Mentions that no article's reading could tie to a node, with their text.
MATCH (a:Article)
WHERE a.unresolved_starts IS NOT NULL
UNWIND range(0, size(a.unresolved_starts) - 1) AS i
WITH a, a.unresolved_starts[i] AS start, a.unresolved_ends[i] AS end, a.unresolved_whys[i] AS why
RETURN a.id AS article, a.published AS published, start, end,
       substring(a.text, start, end - start) AS text, why
ORDER BY article, start, end, why
