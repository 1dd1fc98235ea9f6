package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"unicode/utf8"

	"reformgraph/graph"
	"reformgraph/loaders/lexicon/places"
)

// edition is that of all made facts.
const edition = "bench-1"

// The shape of the made corpus is that of 951 real news items about reform as the
// chain reads them: 6 claims and 11 mentions an article with a long tail, 1,000
// characters of text, and a few nodes (the centre's bodies, the capital) that every
// second or third article mentions.
var (
	// claimDeciles are how many claims an article makes, from the fewest to the most.
	claimDeciles = []int{0, 0, 1, 2, 3, 4, 6, 8, 11, 19}
	// statements are what a statement of an article says, with how often of 100.
	statements = []struct {
		often int
		kind  graph.Predicate
	}{{24, graph.In}, {20, graph.Applies}, {18, graph.Holds}, {16, graph.Measured}, {6, graph.Issued}, {6, graph.Undertakes}, {4, graph.LedBy},
		{2, graph.LearnedFrom}, {2, graph.PromotedTo}, {1, graph.OriginatedIn}, {1, graph.Received}}
)

const (
	textRunes    = 1000
	mentionsMost = 16 // that an article's mentions beside those of claims add up to
	outlets      = 60
	// planted is how many experiences of plantedAdoptions adoptions each a corpus
	// holds for each of its sizes, so that spread is asked about answers that are
	// equally large in a small graph and in a large one.
	planted          = 8
	plantedAdoptions = 20
)

// corpus makes articles, the same ones for the same number whatever else is made.
type corpus struct {
	sizes  []int    // at which it is measured, ascending
	only   []string // queries to ask; all if empty
	places map[string]graph.Place
	cities []graph.Place // prefectures and counties, those that are written about most first
}

func newCorpus(sizes []int) (*corpus, error) {
	g, err := places.Load()
	if err != nil {
		return nil, err
	}
	c := &corpus{sizes: sizes, places: map[string]graph.Place{"place:CN": {ID: "place:CN", Name: "中国", Level: "country", Today: "CN"}}}
	var prefectures, counties []graph.Place
	for p := range g.All() {
		if p.To != "" {
			continue
		}
		place := graph.Place{ID: graph.PlaceID(p.Code), Name: p.Name, Level: p.Level, City: p.City, From: p.From, Today: p.Code, Parent: "place:CN"}
		if p.Parent != "" {
			place.Parent = graph.PlaceID(p.Parent)
		}
		if p.HasPoint {
			place.Lat, place.Lon = p.Lat, p.Lon
		}
		c.places[place.ID] = place
		switch {
		case p.Level == places.Prefecture || p.Level == places.Province && p.City:
			prefectures = append(prefectures, place)
		case p.Level == places.County:
			counties = append(counties, place)
		}
	}
	rng := rand.New(rand.NewPCG(1, 1))
	for _, list := range [][]graph.Place{prefectures, counties} {
		rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		c.cities = append(c.cities, list...)
	}
	return c, nil
}

// plantedExperience is the name of one of the planted experiences of a size.
func plantedExperience(size, i int) string { return fmt.Sprintf("定植%d之%d", size, i) }

// adopter is the place of one of the planted adoptions: from the middle of the list
// of cities, another one for each adoption.
func (c *corpus) adopter(adoption int) graph.Place { return c.cities[40+7*adoption] }

// plantedIn lists the planted adoptions of article i: experience by name, and which
// of its adoptions. Those of a size are spread evenly over its articles.
func (c *corpus) plantedIn(i int) (names []string, adoptions []int) {
	for _, size := range c.sizes {
		for e := range planted {
			for a := range plantedAdoptions {
				if at := (a*planted + e) * size / (planted * plantedAdoptions); at == i {
					names, adoptions = append(names, plantedExperience(size, e)), append(adoptions, a)
				}
			}
		}
	}
	return names, adoptions
}

// article makes the facts of one article.
func (c *corpus) article(i int) graph.Facts {
	d := &draft{corpus: c, rng: rand.New(rand.NewPCG(2, uint64(i))), at: map[string]int{}, known: map[string]bool{}}
	published := fmt.Sprintf("%d-%02d-%02d", 2012+d.rng.IntN(12), 1+d.rng.IntN(12), 1+d.rng.IntN(28))
	d.published = published
	home := d.city()
	d.facts.Article = graph.Article{ID: fmt.Sprintf("article:made-%07d", i), Title: home.Name + "改革见闻之" + fmt.Sprint(i), Outlet: fmt.Sprintf("第%d日报", d.zipf(1.3, 2, outlets)),
		URL: fmt.Sprintf("https://news.example/%d", i), Published: published, PublishedPrecision: "day", Script: "simplified", Home: home.ID,
		Given: []string{"outlet", "published", "title", "url"}, Source: "made"}
	d.need(home.ID)
	d.write(home.Name + "消息。")
	names, adoptions := c.plantedIn(i)
	for k, name := range names {
		d.adopt(name, c.adopter(adoptions[k]))
	}
	decile := d.rng.IntN(len(claimDeciles))
	claims := claimDeciles[decile]
	if decile+1 < len(claimDeciles) {
		claims += d.rng.IntN(1 + claimDeciles[decile+1] - claims)
	}
	for len(d.facts.Claims) < claims {
		d.statement()
	}
	for n := d.rng.IntN(mentionsMost); len(d.facts.Mentions) < n; {
		switch d.rng.IntN(4) {
		case 0:
			d.mentionPlace(d.city())
		default:
			d.body()
		}
		d.write("，")
	}
	if i%3 == 0 {
		start, end := d.write("该区")
		d.facts.Unresolved = append(d.facts.Unresolved, graph.Unresolved{Start: start, End: end, Why: "no place it can mean"})
	}
	d.write("。")
	for d.length < textRunes {
		d.write("各级干部深入一线听取意见，把群众的急难愁盼逐一登记，对账办理，办结一件销号一件。")
	}
	d.facts.Article.Text = d.text.String()
	runes := []rune(d.facts.Article.Text)
	for k := range d.facts.Claims {
		cl := &d.facts.Claims[k]
		cl.Quote = string(runes[cl.Start:cl.End])
	}
	d.facts.Complete()
	return d.facts
}

// draft is an article in the making.
type draft struct {
	*corpus
	rng       *rand.Rand
	facts     graph.Facts
	text      strings.Builder
	length    int            // of text, in code points
	at        map[string]int // index of a node in facts.Mentions
	known     map[string]bool
	published string
}

// zipf draws a number below n; small numbers are likely, as 1/(v+k)^s.
func (d *draft) zipf(s, v float64, n int) int {
	return int(rand.NewZipf(d.rng, s, v, uint64(n-1)).Uint64())
}

func (d *draft) city() graph.Place { return d.cities[d.zipf(1.15, 8, len(d.cities))] }

// name is one of many names that look like those of practices.
func name(n int) string {
	heads, middles, tails := []rune("网清链并容代积河夜议直驿票码格林湾街社企"), []rune("格单长联缺办分田校事播站据上员塘谷坊区商"), []string{"共治", "直通", "联办", "认领", "管家", "快办", "夜访", "评议", "积分", "超市", "包联", "倒查"}
	out := string(heads[n%len(heads)]) + string(middles[n/len(heads)%len(middles)]) + tails[n/len(heads)/len(middles)%len(tails)]
	if more := n / len(heads) / len(middles) / len(tails); more > 0 {
		out += fmt.Sprint(more)
	}
	return out
}

func (d *draft) write(s string) (start, end int) {
	d.text.WriteString(s)
	start = d.length
	d.length += utf8.RuneCountInString(s)
	return start, d.length
}

// need adds a place and what it lies in to the reference data.
func (d *draft) need(id string) {
	for id != "" && !d.known[id] {
		d.known[id] = true
		d.facts.Places = append(d.facts.Places, d.places[id])
		id = d.places[id].Parent
	}
}

// mention writes a name and counts it as a mention of the node.
func (d *draft) mention(node, name string, props graph.Props) string {
	start, end := d.write(name)
	i, ok := d.at[node]
	if !ok {
		i = len(d.facts.Mentions)
		d.at[node] = i
		d.facts.Mentions = append(d.facts.Mentions, graph.Mention{Node: node, Name: name, Props: props})
	}
	m := &d.facts.Mentions[i]
	m.Starts, m.Ends = append(m.Starts, start), append(m.Ends, end)
	return node
}

func (d *draft) mentionPlace(p graph.Place) string {
	d.need(p.ID)
	return d.mention(p.ID, p.Name, nil)
}

// body mentions a party or government body; every second one is of the centre.
func (d *draft) body() string {
	kind := graph.Props{"kind": []string{"party", "government"}[d.rng.IntN(2)]}
	if d.rng.IntN(2) == 0 {
		n := d.zipf(1.4, 1, 80)
		return d.mention(graph.ScopedID(graph.LabelOrganization, "CN", fmt.Sprintf("中央第%d机关", n)), fmt.Sprintf("中央第%d机关", n), kind)
	}
	p := d.city()
	d.need(p.ID)
	office := []string{"市委", "市政府", "改革办", "行政审批局", "大数据局", "组织部"}[d.rng.IntN(6)]
	return d.mention(graph.ScopedID(graph.LabelOrganization, graph.PlaceCode(p.ID), p.Name+office), p.Name+office, kind)
}

func (d *draft) experience() string {
	n := name(d.zipf(1.2, 2, 40000)) + "经验"
	return d.mention(graph.ExperienceID(n), n, graph.Props{"domain": graph.Domains[len(n)%5]})
}

func (d *draft) initiative(p graph.Place, n string) string {
	d.need(p.ID)
	return d.mention(graph.ScopedID(graph.LabelInitiative, graph.PlaceCode(p.ID), n), n,
		graph.Props{"kind": "method", "domain": graph.Domains[d.rng.IntN(len(graph.Domains))]})
}

// claim adds a claim that the text since start states, to the end of its clause.
func (d *draft) claim(start int, subject string, predicate graph.Predicate, object string, props graph.Props) {
	d.facts.Claims = append(d.facts.Claims, graph.Claim{Subject: subject, Predicate: predicate, Object: object, Start: start, End: d.length,
		Status:     []string{"done", "done", "done", "done", "done", "done", "done", "done", "done", "planned"}[d.rng.IntN(10)],
		Confidence: math.Round(50+50*d.rng.Float64()) / 100, Rule: "made", Props: props})
}

// since is a date before the publication, or none.
func (d *draft) since(key string) graph.Props {
	year := int(d.published[3]-'0') + 10*int(d.published[2]-'0') + 2000 - d.rng.IntN(4)
	switch d.rng.IntN(10) {
	case 0, 1, 2, 3:
		return nil
	case 4, 5, 6:
		return graph.Props{key: fmt.Sprint(year), "precision": "year"}
	default:
		return graph.Props{key: fmt.Sprintf("%d-%02d", year-1, 1+d.rng.IntN(12)), "precision": "month"}
	}
}

// adopt writes that a place took up an experience.
func (d *draft) adopt(experience string, p graph.Place) {
	start := d.length
	d.write("其中")
	id := d.initiative(p, experience)
	d.write("在")
	place := d.mentionPlace(p)
	d.write("落地，学的是")
	e := d.mention(graph.ExperienceID(experience), experience, graph.Props{"domain": "governance"})
	d.write("的做法")
	since := d.since("since")
	if since != nil {
		since["basis"] = "stated"
	}
	d.claim(start, id, graph.Applies, e, since)
	d.claim(start, id, graph.In, place, nil)
	for k := len(d.facts.Claims) - 2; k < len(d.facts.Claims); k++ {
		d.facts.Claims[k].Status = "done"
	}
	d.write("。")
}

// statement writes one statement and what it claims.
func (d *draft) statement() {
	kind, n := graph.Predicate(""), d.rng.IntN(100)
	for _, s := range statements {
		if kind = s.kind; n < s.often {
			break
		}
		n -= s.often
	}
	start := d.length
	switch kind {
	case graph.Applies:
		d.adopt(name(d.zipf(1.2, 2, 40000))+"经验", d.city())
		return
	case graph.In:
		p := d.city()
		id := d.initiative(p, name(d.zipf(1.1, 20, 60000)))
		d.write("在")
		d.claim(start, id, kind, d.mentionPlace(p), d.since("since"))
	case graph.Holds:
		n, p := d.zipf(1.2, 2, 20000), d.city()
		d.need(p.ID)
		who := d.mention(graph.LeaderID(name(n), graph.PlaceCode(p.ID)), name(n), nil)
		d.write("任职于")
		d.claim(start, who, kind, d.body(), graph.Props{"title": []string{"书记", "市长", "局长", "主任"}[d.rng.IntN(4)]})
	case graph.Measured:
		n := fmt.Sprintf("%s率", name(d.zipf(1.1, 5, 20000)))
		place := d.mentionPlace(d.city())
		d.write("的")
		figure := d.mention(graph.FigureID(n), n, graph.Props{"unit": "%"})
		d.claim(start, place, kind, figure, graph.Props{"value": float64(d.rng.IntN(400)) / 4, "unit": "%", "period": d.published[:4]})
	case graph.Issued:
		by := d.body()
		n := name(d.zipf(1.05, 20, 60000)) + "实施意见"
		d.write("印发")
		d.claim(start, by, kind, d.mention(graph.ScopedID(graph.LabelDocument, "CN", n), n, graph.Props{"kind": "policy"}), d.since("date"))
	case graph.Undertakes:
		place := d.mentionPlace(d.city())
		n := name(d.zipf(1.1, 5, 10000)) + "试点"
		d.write("承担")
		d.claim(start, place, kind, d.mention(graph.ScopedID(graph.LabelPilot, "CN", n), n, graph.Props{"level": "national"}), d.since("since"))
	case graph.LedBy:
		id := d.initiative(d.city(), name(d.zipf(1.1, 20, 60000)))
		d.write("归口")
		d.claim(start, id, kind, d.body(), nil)
	case graph.LearnedFrom:
		place := d.mentionPlace(d.city())
		d.write("考察学习")
		if d.rng.IntN(2) == 0 {
			d.claim(start, place, kind, d.experience(), graph.Props{"how": "visit"})
		} else {
			d.claim(start, place, kind, d.mentionPlace(d.city()), graph.Props{"how": "visit"})
		}
	case graph.PromotedTo:
		e := d.experience()
		p := d.places["place:CN"]
		for p.Parent == "" || p.Level == "county" {
			p = d.city()
		}
		d.write("推广到")
		d.claim(start, e, kind, d.mentionPlace(d.places[p.Parent]), d.since("date"))
	case graph.OriginatedIn:
		e := d.experience()
		d.write("发端于")
		d.claim(start, e, kind, d.mentionPlace(d.city()), d.since("since"))
	case graph.Received:
		place := d.mentionPlace(d.city())
		n := name(d.zipf(1.1, 5, 5000)) + "奖"
		d.write("获得")
		honour := d.mention(graph.ScopedID(graph.LabelRecognition, "CN", n), n, graph.Props{"kind": "award", "level": "national"})
		d.claim(start, place, kind, honour, d.since("date"))
		d.write("，颁奖的是")
		d.claim(start, honour, graph.GrantedBy, d.body(), nil)
	}
	d.write("。")
}
