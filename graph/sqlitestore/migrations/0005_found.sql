-- What search shows of every article that it finds, apart from the texts: it may
-- find most of them.
CREATE INDEX article_found ON article (id, title, outlet, published, home);
