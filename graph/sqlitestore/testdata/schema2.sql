-- A store of schema 2 with three articles, as that program left it, written out by Python's sqlite3.
PRAGMA foreign_keys = OFF;
PRAGMA journal_mode = wal;
PRAGMA application_id = 1919313778;
PRAGMA user_version = 2;
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
INSERT INTO "article" VALUES('article:688a7bdba3b34d3b','莱西“万事有解”的由来',NULL,NULL,'2023-07-02','day','["周禾"]','simplified','place:370285','["title","published","authors"]','[]','688a7bdba3b34d3b67423b208ec1eeb50c1c6e8c3daff5c2bbc5a8e2a59cbb4b','09c515a56b431b995c2ae3d39313503c','edabafb67cffe8b2a0c0bead7bf2f2d2','laixi-wanshi.html','首页 > 新闻 > 正文
莱西“万事有解”的由来
2021年4月，莱西市党政考察团赴淄博市考察学习。回来之后，莱西市推行“万事有解”工作法，让干部到项目一线去。
姜山镇设立流动服务车，专门上门办理业务。莱西市还出台《莱西市一线办事规则》，办理时限压减40%。
今年，莱西市入选全国投资竞争力百强县。
版权所有 示例网 未经授权不得转载');
INSERT INTO "article" VALUES('article:6fe448ad171e168e','慈溪市推廣「楓橋經驗」',NULL,NULL,NULL,NULL,'[]','traditional','place:330282','[]','[]','6fe448ad171e168e9c76d7a1b920acd3f152235c5d29f43b873232917eed09be','cff8b6eb71774e72b7916f22130a4b57','edabafb67cffe8b2a0c0bead7bf2f2d2','trad.txt','慈溪市推廣「楓橋經驗」

本報訊　慈溪市推廣「楓橋經驗」，設立 12345 熱線和５Ｇ調解室。
');
INSERT INTO "article" VALUES('article:ex-zibo-youjie','淄博：把“有解”写进每一张问题清单','示例日报',NULL,'2022-10-20','day','["许文清"]','simplified','place:370300','["title","outlet","published","authors"]','[]','82a90e7af781bb792900ec24040335254d386c2e014c822667a4e1f6828f676f','bff3bb3a755ed413a1daa9b55ce08437','edabafb67cffe8b2a0c0bead7bf2f2d2','zibo-youjie.md','三年前的秋天，一场关于“难题能不能解”的讨论在淄博展开。2019年9月，淄博市首创“有解思维”，要求干部先找办法、再谈困难。

此后，淄博市委改革办牵头建立问题交办机制，并印发《淄博市难题化解办法》。去年，“有解思维”入选山东省改革品牌。

桓台县推行“长者食堂”，已开办食堂86处，服务老人1.2万名。
');
CREATE TABLE article_place (
    article TEXT NOT NULL REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
    place   TEXT NOT NULL REFERENCES node (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (article, place)
) STRICT, WITHOUT ROWID;
INSERT INTO "article_place" VALUES('article:6fe448ad171e168e','place:330000');
INSERT INTO "article_place" VALUES('article:6fe448ad171e168e','place:330200');
INSERT INTO "article_place" VALUES('article:6fe448ad171e168e','place:330282');
INSERT INTO "article_place" VALUES('article:688a7bdba3b34d3b','place:370000');
INSERT INTO "article_place" VALUES('article:ex-zibo-youjie','place:370000');
INSERT INTO "article_place" VALUES('article:688a7bdba3b34d3b','place:370200');
INSERT INTO "article_place" VALUES('article:688a7bdba3b34d3b','place:370285');
INSERT INTO "article_place" VALUES('article:688a7bdba3b34d3b','place:370285/姜山镇');
INSERT INTO "article_place" VALUES('article:688a7bdba3b34d3b','place:370300');
INSERT INTO "article_place" VALUES('article:ex-zibo-youjie','place:370300');
INSERT INTO "article_place" VALUES('article:ex-zibo-youjie','place:370321');
INSERT INTO "article_place" VALUES('article:688a7bdba3b34d3b','place:CN');
INSERT INTO "article_place" VALUES('article:6fe448ad171e168e','place:CN');
INSERT INTO "article_place" VALUES('article:ex-zibo-youjie','place:CN');
CREATE TABLE change_log (
    n       INTEGER NOT NULL,
    article TEXT NOT NULL,
    outcome TEXT NOT NULL,
    added   TEXT NOT NULL, -- JSON array of claim ids
    removed TEXT NOT NULL, -- JSON array of claim ids
    PRIMARY KEY (n, article)
) STRICT, WITHOUT ROWID;
INSERT INTO "change_log" VALUES(1,'article:688a7bdba3b34d3b','new','["50d255aa2985083124cae5707772bd8a","69c4c13a77b39d25d749a08939598d10","8131e242256a0ec36faaf22d0f8598a8","a4a42f484058735caf1ebe95d0fce0ae","b9eaf2b78d17089403b5d5058e392d15","cd7ef3473739116940fe768150fedd78"]','[]');
INSERT INTO "change_log" VALUES(1,'article:6fe448ad171e168e','new','["fd0e31df59d7d11b587b375fe3f4e4ac"]','[]');
INSERT INTO "change_log" VALUES(1,'article:ex-zibo-youjie','new','["004d226eaaebfc28d50dc2d5a77e12b9","0677eee56ba25251aab4f990c22bd9df","1f06477d3dffda21bd091141689355d0","32d00e49df32a4c2006b93a376262e92","4651003d417bc2817955a114bf4a48bb","47b8237e88f53fdf2328f854b0dd1833","5344d8ea957e06ca3bcce694e54efd99","5e1438bd7d14a4aa4c7c369d6dde0cfb","8460ad45f158f6a474e56f1c0f6ae0b3","c1051196095a4f468a6f3fdbec44aa03","d1304c0bfe5b9942779978eea39175fc","e749a4460aec66bd7a051e881f72e37c"]','[]');
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
INSERT INTO "claim" VALUES('b9eaf2b78d17089403b5d5058e392d15','LEARNED_FROM','place:370285','place:370300','article:688a7bdba3b34d3b','莱西市党政考察团赴淄博市考察学习',33,49,'done',0.92,'learned-visit','{"date":"2021-04","how":"考察学习","precision":"month"}');
INSERT INTO "claim" VALUES('69c4c13a77b39d25d749a08939598d10','IN','initiative:370285:万事有解','place:370285','article:688a7bdba3b34d3b','莱西市推行“万事有解”工作法',55,69,'done',0.9,'verb-quote-head','{"basis":"reported","precision":"day","since":"2023-07-02"}');
INSERT INTO "claim" VALUES('cd7ef3473739116940fe768150fedd78','APPLIES','initiative:370285:万事有解','experience:有解思维','article:688a7bdba3b34d3b','莱西市推行“万事有解”工作法',55,69,'done',0.93,'names-experience','{"basis":"reported","precision":"day","since":"2023-07-02"}');
INSERT INTO "claim" VALUES('50d255aa2985083124cae5707772bd8a','ISSUED','place:370285','document:370285:一线办事规则','article:688a7bdba3b34d3b','莱西市还出台《莱西市一线办事规则》',101,118,'done',0.93,'issue-verb','{}');
INSERT INTO "claim" VALUES('8131e242256a0ec36faaf22d0f8598a8','MEASURED','place:370285','figure:办理时限压减','article:688a7bdba3b34d3b','办理时限压减40%',119,128,'done',0.76,'number-and-noun','{"approx":false,"direction":"down","unit":"%","value":40}');
INSERT INTO "claim" VALUES('a4a42f484058735caf1ebe95d0fce0ae','RECEIVED','place:370285','recognition:CN:入选全国投资竞争力百强县','article:688a7bdba3b34d3b','莱西市入选全国投资竞争力百强县。',133,149,'done',0.8,'selected','{"date":"2023","precision":"year"}');
INSERT INTO "claim" VALUES('fd0e31df59d7d11b587b375fe3f4e4ac','PROMOTED_TO','experience:枫桥经验','place:330282','article:6fe448ad171e168e','慈溪市推廣「楓橋經驗」，設立 12345 熱線和５Ｇ調解室。',17,47,'done',0.68,'spread-practice','{}');
INSERT INTO "claim" VALUES('4651003d417bc2817955a114bf4a48bb','ORIGINATED_IN','experience:有解思维','place:370300','article:ex-zibo-youjie','淄博市首创“有解思维”',36,47,'done',0.8,'first-created','{"precision":"month","since":"2019-09"}');
INSERT INTO "claim" VALUES('8460ad45f158f6a474e56f1c0f6ae0b3','IN','initiative:370300:有解思维','place:370300','article:ex-zibo-youjie','淄博市首创“有解思维”',36,47,'done',0.78,'verb-quote','{"basis":"stated","precision":"month","since":"2019-09"}');
INSERT INTO "claim" VALUES('d1304c0bfe5b9942779978eea39175fc','APPLIES','initiative:370300:有解思维','experience:有解思维','article:ex-zibo-youjie','淄博市首创“有解思维”',36,47,'done',0.8,'names-experience','{"basis":"stated","precision":"month","since":"2019-09"}');
INSERT INTO "claim" VALUES('004d226eaaebfc28d50dc2d5a77e12b9','IN','initiative:370300:问题交办','place:370300','article:ex-zibo-youjie','淄博市委改革办牵头建立问题交办机制',67,84,'done',0.7,'verb-head','{"basis":"reported","precision":"day","since":"2022-10-20"}');
INSERT INTO "claim" VALUES('0677eee56ba25251aab4f990c22bd9df','IN','org:370300:市委改革办','place:370300','article:ex-zibo-youjie','淄博市委改革办牵头建立问题交办机制',67,84,'done',0.97,'body-of-place','{}');
INSERT INTO "claim" VALUES('5344d8ea957e06ca3bcce694e54efd99','LED_BY','initiative:370300:问题交办','org:370300:市委改革办','article:ex-zibo-youjie','淄博市委改革办牵头建立问题交办机制',67,84,'done',0.78,'body-acts','{}');
INSERT INTO "claim" VALUES('e749a4460aec66bd7a051e881f72e37c','ISSUED','org:370300:市委改革办','document:370300:难题化解办法','article:ex-zibo-youjie','并印发《淄博市难题化解办法》',85,99,'done',0.93,'issue-verb','{}');
INSERT INTO "claim" VALUES('1f06477d3dffda21bd091141689355d0','RECEIVED','initiative:370300:有解思维','recognition:370000:入选山东省改革品牌','article:ex-zibo-youjie','“有解思维”入选山东省改革品牌。',103,119,'done',0.8,'selected','{"date":"2021","precision":"year"}');
INSERT INTO "claim" VALUES('47b8237e88f53fdf2328f854b0dd1833','APPLIES','initiative:370321:长者食堂','experience:长者食堂','article:ex-zibo-youjie','桓台县推行“长者食堂”',121,132,'done',0.8,'names-experience','{"basis":"reported","precision":"day","since":"2022-10-20"}');
INSERT INTO "claim" VALUES('5e1438bd7d14a4aa4c7c369d6dde0cfb','IN','initiative:370321:长者食堂','place:370321','article:ex-zibo-youjie','桓台县推行“长者食堂”',121,132,'done',0.78,'verb-quote','{"basis":"reported","precision":"day","since":"2022-10-20"}');
INSERT INTO "claim" VALUES('32d00e49df32a4c2006b93a376262e92','MEASURED','initiative:370321:长者食堂','figure:开办食堂','article:ex-zibo-youjie','已开办食堂86处',133,141,'done',0.76,'number-and-noun','{"approx":false,"unit":"处","value":86}');
INSERT INTO "claim" VALUES('c1051196095a4f468a6f3fdbec44aa03','MEASURED','initiative:370321:长者食堂','figure:服务老人','article:ex-zibo-youjie','服务老人1.2万名',142,151,'done',0.76,'number-and-noun','{"approx":false,"unit":"万名","value":1.2}');
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
INSERT INTO "mention" VALUES('document:370285:一线办事规则','article:688a7bdba3b34d3b','莱西市一线办事规则','[]','{"kind":"regulation"}','[108]','[117]');
INSERT INTO "mention" VALUES('document:370300:难题化解办法','article:ex-zibo-youjie','淄博市难题化解办法','[]','{"kind":"regulation"}','[89]','[98]');
INSERT INTO "mention" VALUES('experience:有解思维','article:688a7bdba3b34d3b','万事有解','[]','{"domain":"governance"}','[16,61]','[20,65]');
INSERT INTO "mention" VALUES('experience:有解思维','article:ex-zibo-youjie','有解思维','[]','{"domain":"governance"}','[42,104]','[46,108]');
INSERT INTO "mention" VALUES('experience:枫桥经验','article:6fe448ad171e168e','枫桥经验','[]','{"domain":"rule_of_law"}','[6,23]','[10,27]');
INSERT INTO "mention" VALUES('experience:长者食堂','article:ex-zibo-youjie','长者食堂','[]','{"domain":"livelihood"}','[127]','[131]');
INSERT INTO "mention" VALUES('figure:办理时限压减','article:688a7bdba3b34d3b','办理时限压减','[]','{"unit":"%"}','[119]','[125]');
INSERT INTO "mention" VALUES('figure:开办食堂','article:ex-zibo-youjie','开办食堂','[]','{"unit":"处"}','[134]','[138]');
INSERT INTO "mention" VALUES('figure:服务老人','article:ex-zibo-youjie','服务老人','[]','{"unit":"万名"}','[142]','[146]');
INSERT INTO "mention" VALUES('initiative:370285:万事有解','article:688a7bdba3b34d3b','“万事有解”','["“万事有解”工作法"]','{"domain":"governance","kind":"method"}','[15,60]','[21,69]');
INSERT INTO "mention" VALUES('initiative:370300:有解思维','article:ex-zibo-youjie','“有解思维”','[]','{"domain":"governance","kind":"method"}','[41,103]','[47,109]');
INSERT INTO "mention" VALUES('initiative:370300:问题交办','article:ex-zibo-youjie','问题交办机制','[]','{"domain":"governance","kind":"mechanism"}','[78]','[84]');
INSERT INTO "mention" VALUES('initiative:370321:长者食堂','article:ex-zibo-youjie','“长者食堂”','[]','{"domain":"livelihood","kind":"method"}','[126]','[132]');
INSERT INTO "mention" VALUES('org:370300:市委改革办','article:ex-zibo-youjie','淄博市委改革办','[]','{"kind":"party"}','[67]','[74]');
INSERT INTO "mention" VALUES('place:330282','article:6fe448ad171e168e','慈溪市','[]','{}','[0,17]','[3,20]');
INSERT INTO "mention" VALUES('place:370000','article:ex-zibo-youjie','山东省','[]','{}','[111]','[114]');
INSERT INTO "mention" VALUES('place:370285','article:688a7bdba3b34d3b','莱西市','["莱西"]','{}','[13,33,55,101,108,133]','[15,36,58,104,111,136]');
INSERT INTO "mention" VALUES('place:370285/姜山镇','article:688a7bdba3b34d3b','姜山镇','[]','{}','[81]','[84]');
INSERT INTO "mention" VALUES('place:370300','article:688a7bdba3b34d3b','淄博市','[]','{}','[42]','[45]');
INSERT INTO "mention" VALUES('place:370300','article:ex-zibo-youjie','淄博市','["淄博"]','{}','[23,36,67,89]','[25,39,70,92]');
INSERT INTO "mention" VALUES('place:370321','article:ex-zibo-youjie','桓台县','[]','{}','[121]','[124]');
INSERT INTO "mention" VALUES('recognition:370000:入选山东省改革品牌','article:ex-zibo-youjie','入选山东省改革品牌','[]','{"kind":"case","level":"provincial"}','[109]','[118]');
INSERT INTO "mention" VALUES('recognition:CN:入选全国投资竞争力百强县','article:688a7bdba3b34d3b','入选全国投资竞争力百强县','[]','{"kind":"case","level":"national"}','[136]','[148]');
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "meta" VALUES('edition','edabafb67cffe8b2a0c0bead7bf2f2d2');
INSERT INTO "meta" VALUES('revision','1');
INSERT INTO "meta" VALUES('store_id','b691a464c02febd4');
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
INSERT INTO "node" VALUES('place:330000','Place',0,'浙江省','浙江省','[]','[]','place:CN','{"lat":29.2875,"level":"province","lon":120.1536,"name":"浙江省","today":"330000"}');
INSERT INTO "node" VALUES('place:330200','Place',1,'宁波市','宁波市','[]','[]','place:330000','{"lat":29.8684,"level":"prefecture","lon":121.5498,"name":"宁波市","today":"330200"}');
INSERT INTO "node" VALUES('place:330282','Place',1,'慈溪市','慈溪市','[]','[]','place:330200','{"lat":30.1703,"level":"county","lon":121.2666,"name":"慈溪市","today":"330282","valid_from":"1988-10-13"}');
INSERT INTO "node" VALUES('place:370000','Place',0,'山东省','山东省','[]','[]','place:CN','{"lat":36.2758,"level":"province","lon":118.0009,"name":"山东省","today":"370000"}');
INSERT INTO "node" VALUES('place:370200','Place',1,'青岛市','青岛市','[]','[]','place:370000','{"lat":36.083,"level":"prefecture","lon":120.3552,"name":"青岛市","today":"370200"}');
INSERT INTO "node" VALUES('place:370285','Place',1,'莱西市','莱西市','[]','[]','place:370200','{"lat":36.8891,"level":"county","lon":120.5177,"name":"莱西市","today":"370285"}');
INSERT INTO "node" VALUES('place:370285/姜山镇','Place',0,'姜山镇','姜山镇','[]','[]','place:370285','{"level":"township","name":"姜山镇","today":"370285/姜山镇"}');
INSERT INTO "node" VALUES('place:370300','Place',1,'淄博市','淄博市','[]','[]','place:370000','{"lat":36.8149,"level":"prefecture","lon":118.0476,"name":"淄博市","today":"370300"}');
INSERT INTO "node" VALUES('place:370321','Place',0,'桓台县','桓台县','[]','[]','place:370300','{"lat":36.9598,"level":"county","lon":118.0979,"name":"桓台县","today":"370321"}');
INSERT INTO "node" VALUES('place:CN','Place',0,'中国','中国','[]','[]',NULL,'{"level":"country","name":"中国","today":"CN"}');
INSERT INTO "node" VALUES('document:370285:一线办事规则','Document',0,'莱西市一线办事规则','莱西市一线办事规则','[]','[]',NULL,'{"kind":"regulation","name":"莱西市一线办事规则"}');
INSERT INTO "node" VALUES('document:370300:难题化解办法','Document',0,'淄博市难题化解办法','淄博市难题化解办法','[]','[]',NULL,'{"kind":"regulation","name":"淄博市难题化解办法"}');
INSERT INTO "node" VALUES('experience:有解思维','Experience',0,'万事有解','万事有解','["有解思维"]','["有解思维"]',NULL,'{"aliases":["有解思维"],"domain":"governance","name":"万事有解"}');
INSERT INTO "node" VALUES('experience:枫桥经验','Experience',0,'枫桥经验','枫桥经验','[]','[]',NULL,'{"domain":"rule_of_law","name":"枫桥经验"}');
INSERT INTO "node" VALUES('experience:长者食堂','Experience',0,'长者食堂','长者食堂','[]','[]',NULL,'{"domain":"livelihood","name":"长者食堂"}');
INSERT INTO "node" VALUES('figure:办理时限压减','Figure',0,'办理时限压减','办理时限压减','[]','[]',NULL,'{"name":"办理时限压减","unit":"%"}');
INSERT INTO "node" VALUES('figure:开办食堂','Figure',0,'开办食堂','开办食堂','[]','[]',NULL,'{"name":"开办食堂","unit":"处"}');
INSERT INTO "node" VALUES('figure:服务老人','Figure',0,'服务老人','服务老人','[]','[]',NULL,'{"name":"服务老人","unit":"万名"}');
INSERT INTO "node" VALUES('initiative:370285:万事有解','Initiative',0,'“万事有解”','万事有解','["“万事有解”工作法"]','["万事有解工作法"]',NULL,'{"aliases":["“万事有解”工作法"],"domain":"governance","kind":"method","name":"“万事有解”","practice":"万事有解"}');
INSERT INTO "node" VALUES('initiative:370300:有解思维','Initiative',0,'“有解思维”','有解思维','[]','[]',NULL,'{"domain":"governance","kind":"method","name":"“有解思维”","practice":"有解思维"}');
INSERT INTO "node" VALUES('initiative:370300:问题交办','Initiative',0,'问题交办机制','问题交办机制','[]','[]',NULL,'{"domain":"governance","kind":"mechanism","name":"问题交办机制","practice":"问题交办"}');
INSERT INTO "node" VALUES('initiative:370321:长者食堂','Initiative',0,'“长者食堂”','长者食堂','[]','[]',NULL,'{"domain":"livelihood","kind":"method","name":"“长者食堂”","practice":"长者食堂"}');
INSERT INTO "node" VALUES('org:370300:市委改革办','Organization',0,'淄博市委改革办','淄博市委改革办','[]','[]',NULL,'{"kind":"party","name":"淄博市委改革办"}');
INSERT INTO "node" VALUES('recognition:370000:入选山东省改革品牌','Recognition',0,'入选山东省改革品牌','入选山东省改革品牌','[]','[]',NULL,'{"kind":"case","level":"provincial","name":"入选山东省改革品牌"}');
INSERT INTO "node" VALUES('recognition:CN:入选全国投资竞争力百强县','Recognition',0,'入选全国投资竞争力百强县','入选全国投资竞争力百强县','[]','[]',NULL,'{"kind":"case","level":"national","name":"入选全国投资竞争力百强县"}');
CREATE TABLE node_key (
    key  TEXT NOT NULL,
    node TEXT NOT NULL REFERENCES node (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (key, node)
) STRICT, WITHOUT ROWID;
INSERT INTO "node_key" VALUES('莱西市一线办事规则','document:370285:一线办事规则');
INSERT INTO "node_key" VALUES('淄博市难题化解办法','document:370300:难题化解办法');
INSERT INTO "node_key" VALUES('万事有解','experience:有解思维');
INSERT INTO "node_key" VALUES('有解思维','experience:有解思维');
INSERT INTO "node_key" VALUES('枫桥经验','experience:枫桥经验');
INSERT INTO "node_key" VALUES('长者食堂','experience:长者食堂');
INSERT INTO "node_key" VALUES('办理时限压减','figure:办理时限压减');
INSERT INTO "node_key" VALUES('开办食堂','figure:开办食堂');
INSERT INTO "node_key" VALUES('服务老人','figure:服务老人');
INSERT INTO "node_key" VALUES('万事有解','initiative:370285:万事有解');
INSERT INTO "node_key" VALUES('万事有解工作法','initiative:370285:万事有解');
INSERT INTO "node_key" VALUES('有解思维','initiative:370300:有解思维');
INSERT INTO "node_key" VALUES('问题交办机制','initiative:370300:问题交办');
INSERT INTO "node_key" VALUES('长者食堂','initiative:370321:长者食堂');
INSERT INTO "node_key" VALUES('淄博市委改革办','org:370300:市委改革办');
INSERT INTO "node_key" VALUES('浙江省','place:330000');
INSERT INTO "node_key" VALUES('宁波市','place:330200');
INSERT INTO "node_key" VALUES('慈溪市','place:330282');
INSERT INTO "node_key" VALUES('山东省','place:370000');
INSERT INTO "node_key" VALUES('青岛市','place:370200');
INSERT INTO "node_key" VALUES('莱西市','place:370285');
INSERT INTO "node_key" VALUES('姜山镇','place:370285/姜山镇');
INSERT INTO "node_key" VALUES('淄博市','place:370300');
INSERT INTO "node_key" VALUES('桓台县','place:370321');
INSERT INTO "node_key" VALUES('中国','place:CN');
INSERT INTO "node_key" VALUES('入选山东省改革品牌','recognition:370000:入选山东省改革品牌');
INSERT INTO "node_key" VALUES('入选全国投资竞争力百强县','recognition:CN:入选全国投资竞争力百强县');
CREATE TABLE tally (
    node  TEXT PRIMARY KEY REFERENCES node (id) DEFERRABLE INITIALLY DEFERRED,
    tally TEXT NOT NULL -- JSON
) STRICT, WITHOUT ROWID;
INSERT INTO "tally" VALUES('document:370285:一线办事规则','{"names":{"莱西市一线办事规则":1},"values":{"kind":{"regulation":1}}}');
INSERT INTO "tally" VALUES('document:370300:难题化解办法','{"names":{"淄博市难题化解办法":1},"values":{"kind":{"regulation":1}}}');
INSERT INTO "tally" VALUES('experience:有解思维','{"names":{"万事有解":1,"有解思维":1},"values":{"domain":{"governance":2}}}');
INSERT INTO "tally" VALUES('experience:枫桥经验','{"names":{"枫桥经验":1},"values":{"domain":{"rule_of_law":1}}}');
INSERT INTO "tally" VALUES('experience:长者食堂','{"names":{"长者食堂":1},"values":{"domain":{"livelihood":1}}}');
INSERT INTO "tally" VALUES('figure:办理时限压减','{"names":{"办理时限压减":1},"values":{"unit":{"%":1}}}');
INSERT INTO "tally" VALUES('figure:开办食堂','{"names":{"开办食堂":1},"values":{"unit":{"处":1}}}');
INSERT INTO "tally" VALUES('figure:服务老人','{"names":{"服务老人":1},"values":{"unit":{"万名":1}}}');
INSERT INTO "tally" VALUES('initiative:370285:万事有解','{"names":{"“万事有解”":1},"aliases":{"“万事有解”工作法":1},"values":{"domain":{"governance":1},"kind":{"method":1}}}');
INSERT INTO "tally" VALUES('initiative:370300:有解思维','{"names":{"“有解思维”":1},"values":{"domain":{"governance":1},"kind":{"method":1}}}');
INSERT INTO "tally" VALUES('initiative:370300:问题交办','{"names":{"问题交办机制":1},"values":{"domain":{"governance":1},"kind":{"mechanism":1}}}');
INSERT INTO "tally" VALUES('initiative:370321:长者食堂','{"names":{"“长者食堂”":1},"values":{"domain":{"livelihood":1},"kind":{"method":1}}}');
INSERT INTO "tally" VALUES('org:370300:市委改革办','{"names":{"淄博市委改革办":1},"values":{"kind":{"party":1}}}');
INSERT INTO "tally" VALUES('recognition:370000:入选山东省改革品牌','{"names":{"入选山东省改革品牌":1},"values":{"kind":{"case":1},"level":{"provincial":1}}}');
INSERT INTO "tally" VALUES('recognition:CN:入选全国投资竞争力百强县','{"names":{"入选全国投资竞争力百强县":1},"values":{"kind":{"case":1},"level":{"national":1}}}');
CREATE INDEX article_home ON article (home);
CREATE INDEX article_published ON article (published);
CREATE INDEX article_edition ON article (edition);
CREATE INDEX article_source ON article (source);
CREATE INDEX node_label ON node (label, id);
CREATE INDEX node_name_key ON node (name_key, label, id);
CREATE INDEX node_practice ON node (practice);
CREATE INDEX node_parent ON node (parent);
CREATE INDEX node_today ON node (today);
CREATE INDEX node_key_node ON node_key (node);
CREATE INDEX claim_subject ON claim (subject, type);
CREATE INDEX claim_object ON claim (object, type);
CREATE INDEX claim_article ON claim (article);
CREATE INDEX claim_type ON claim (type, status);
CREATE INDEX mention_article ON mention (article);
CREATE INDEX article_place_place ON article_place (place);
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
