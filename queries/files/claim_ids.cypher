// Every claim, with its article.
MATCH ()-[c]->()
WHERE c.claim IS NOT NULL
RETURN c.claim AS claim, c.article AS article
ORDER BY claim
