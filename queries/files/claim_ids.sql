-- Every claim, with its article.
SELECT c.claim, c.article
FROM claim AS c
ORDER BY c.claim
