// The last date of publication.
MATCH (a:Article)
RETURN max(a.published) AS last
