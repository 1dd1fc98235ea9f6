package graph

import (
	"errors"
	"math"
	"strings"
	"testing"
)

func TestValidateNamesTheField(t *testing.T) {
	long := strings.Repeat("长", maxWordingRunes+1)
	for name, c := range map[string]struct {
		field  string
		change func(*Facts)
	}{
		"ArticleID":             {"article.id", func(f *Facts) { f.Article.ID = "place:1" }},
		"ArticleIDEmpty":        {"article.id", func(f *Facts) { f.Article.ID = "article:" }},
		"ArticleIDLong":         {"article.id", func(f *Facts) { f.Article.ID = "article:" + strings.Repeat("x", maxIDBytes) }},
		"ArticleIDTwoLines":     {"article.id", func(f *Facts) { f.Article.ID = "article:a\nb" }},
		"TextEmpty":             {"article.text", func(f *Facts) { f.Article.Text = "" }},
		"TextBinary":            {"article.text", func(f *Facts) { f.Article.Text += "\x00" }},
		"TextNoUTF8":            {"article.text", func(f *Facts) { f.Article.Text += "\xff" }},
		"TitleNoUTF8":           {"article.title", func(f *Facts) { f.Article.Title = "\xff" }},
		"AuthorsNUL":            {"article.authors", func(f *Facts) { f.Article.Authors = []string{"a", "\x00"} }},
		"Published":             {"article.published", func(f *Facts) { f.Article.Published = "2021-02-30" }},
		"PublishedWord":         {"article.published", func(f *Facts) { f.Article.Published = "昨天" }},
		"PublishedPrecision":    {"article.published_precision", func(f *Facts) { f.Article.PublishedPrecision = "month" }},
		"PrecisionOfNothing":    {"article.published_precision", func(f *Facts) { f.Article.Published = "" }},
		"Script":                {"article.script", func(f *Facts) { f.Article.Script = "latin" }},
		"Home":                  {"article.home", func(f *Facts) { f.Article.Home = "place:999999" }},
		"PlaceName":             {"places[0].name", func(f *Facts) { f.Places[0].Name = "" }},
		"PlaceLevel":            {"places[1].level", func(f *Facts) { f.Places[1].Level = "city" }},
		"PlaceToday":            {"places[0].today", func(f *Facts) { f.Places[0].Today = "" }},
		"PlaceTodayMissing":     {"places[1].today", func(f *Facts) { f.Places[1].Today = "999999" }},
		"PlaceParentMissing":    {"places[1].parent", func(f *Facts) { f.Places[1].Parent = "place:999999" }},
		"PlaceInItself":         {"places[0].parent", func(f *Facts) { f.Places[0].Parent = "place:370300" }},
		"PlaceLatitude":         {"places[0].lat", func(f *Facts) { f.Places[0].Lat = 91 }},
		"PlaceNoNumber":         {"places[0].lat", func(f *Facts) { f.Places[0].Lon = math.NaN() }},
		"PlaceFrom":             {"places[2].from", func(f *Facts) { f.Places[2].From = "1985-13" }},
		"MentionOfArticle":      {"mentions[0].node", func(f *Facts) { f.Mentions[0].Node = "article:2" }},
		"MentionOfNothing":      {"mentions[0].node", func(f *Facts) { f.Mentions[0].Node = "city:1" }},
		"MentionTwice":          {"mentions[1].node", func(f *Facts) { f.Mentions[1].Node = f.Mentions[0].Node }},
		"MentionOfUnknownPlace": {"mentions[0].node", func(f *Facts) { f.Mentions[0].Node = "place:999999" }},
		"MentionName":           {"mentions[0].name", func(f *Facts) { f.Mentions[0].Name = "" }},
		"MentionNameLong":       {"mentions[0].name", func(f *Facts) { f.Mentions[0].Name = long }},
		"MentionAlias":          {"mentions[0].aliases", func(f *Facts) { f.Mentions[0].Aliases = []string{"\xff"} }},
		"MentionNowhere":        {"mentions[0].starts", func(f *Facts) { f.Mentions[0].Starts, f.Mentions[0].Ends = nil, nil }},
		"MentionHalf":           {"mentions[0].starts", func(f *Facts) { f.Mentions[0].Ends = nil }},
		"MentionPastTheEnd":     {"mentions[0].starts", func(f *Facts) { f.Mentions[0].Ends[0] = 1000 }},
		"MentionProperty":       {"mentions[0].props", func(f *Facts) { f.Mentions[0].Props = Props{"colour": "red"} }},
		"ClaimPredicate":        {"claims[0].predicate", func(f *Facts) { f.Claims[0].Predicate = MentionedIn }},
		"ClaimSubject":          {"claims[0].subject", func(f *Facts) { f.Claims[0].Subject = "figure:增速" }},
		"ClaimSubjectUnknown":   {"claims[0].subject", func(f *Facts) { f.Claims[0].Subject = "initiative:370300:别的" }},
		"ClaimObject":           {"claims[1].object", func(f *Facts) { f.Claims[1].Object = "place:999999" }},
		"ClaimSpan":             {"claims[0].start", func(f *Facts) { f.Claims[0].End = f.Claims[0].Start }},
		"ClaimSpanNegative":     {"claims[0].start", func(f *Facts) { f.Claims[0].Start = -1 }},
		"ClaimQuote":            {"claims[0].quote", func(f *Facts) { f.Claims[0].Quote += "。" }},
		"ClaimStatus":           {"claims[0].status", func(f *Facts) { f.Claims[0].Status = "maybe" }},
		"ClaimConfidence":       {"claims[0].confidence", func(f *Facts) { f.Claims[0].Confidence = 1.01 }},
		"ClaimConfidenceNaN":    {"claims[0].confidence", func(f *Facts) { f.Claims[0].Confidence = math.NaN() }},
		"ClaimRule":             {"claims[0].rule", func(f *Facts) { f.Claims[0].Rule = "" }},
		"ClaimArticle":          {"claims[0].article", func(f *Facts) { f.Claims[0].Article = "article:2" }},
		"ClaimID":               {"claims[0].claim", func(f *Facts) { f.Claims[0].ID = "0" }},
		"ClaimTwice":            {"claims[1].claim", func(f *Facts) { f.Claims[1] = f.Claims[0] }},
		"UnresolvedSpan":        {"unresolved[0].start", func(f *Facts) { f.Unresolved[0].End = 99 }},
		"UnresolvedText":        {"unresolved[0].text", func(f *Facts) { f.Unresolved[0].Text = "别处" }},
		"UnresolvedWhy":         {"unresolved[0].why", func(f *Facts) { f.Unresolved[0].Why = "" }},
	} {
		t.Run(name, func(t *testing.T) {
			f := sample("1")
			f.Complete()
			c.change(&f)
			err := f.Validate()
			var invalid *InvalidError
			if !errors.As(err, &invalid) || !errors.Is(err, ErrInvalid) {
				t.Fatalf("got %v, want an InvalidError", err)
			}
			if invalid.Field != c.field || invalid.Article != f.Article.ID {
				t.Errorf("got field %s of %s (%v), want %s", invalid.Field, invalid.Article, err, c.field)
			}
		})
	}
}

// Properties are checked after Complete, which must not trip over them.
func TestValidateProperties(t *testing.T) {
	for name, c := range map[string]struct {
		props Props
		want  string // "" is no error
	}{
		"None":           {nil, ""},
		"All":            {Props{"value": 1.5, "unit": "%", "approx": true, "direction": "up", "rank": 3, "period": "2020"}, ""},
		"Unknown":        {Props{"colour": "red"}, "not a property"},
		"Null":           {Props{"unit": nil}, "want a text"},
		"Empty":          {Props{"unit": ""}, "is empty"},
		"WrongKind":      {Props{"unit": 5}, "want a text"},
		"Vocabulary":     {Props{"direction": "sideways"}, "not one of"},
		"NumberAsText":   {Props{"value": "5"}, "want a number"},
		"NaN":            {Props{"value": math.NaN()}, "want a number"},
		"Infinite":       {Props{"value": math.Inf(1)}, "want a number"},
		"Fraction":       {Props{"rank": 1.5}, "want a whole number"},
		"LargeInteger":   {Props{"rank": int64(1) << 60}, "want a whole number"},
		"BooleanAsText":  {Props{"approx": "yes"}, "want true or false"},
		"List":           {Props{"unit": []string{"%"}}, "want a text"},
		"NoUTF8":         {Props{"unit": "\xff"}, "not valid UTF-8"},
		"LargestInteger": {Props{"rank": int64(maxInteger)}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			f := sample("1")
			f.Claims[0].Props = c.props
			f.Complete()
			err := f.Validate()
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestValidateDates(t *testing.T) {
	for _, c := range []struct {
		props Props
		ok    bool
	}{
		{Props{"since": "2020"}, true},
		{Props{"since": "2020-02-29", "precision": "day"}, true},
		{Props{"since": "2021-02-29"}, false},
		{Props{"since": "2020-1"}, false},
		{Props{"since": "2020-00"}, false},
		{Props{"since": "20"}, false},
		{Props{"since": "2020-05-06T00:00"}, false},
		{Props{"since": "2020-05", "precision": "year"}, false},
		{Props{"precision": "month"}, true}, // nothing to compare with
		{Props{"since": "2020", "precision": "decade"}, false},
	} {
		f := sample("1")
		f.Claims[1].Props = c.props
		f.Complete()
		if err := f.Validate(); (err == nil) != c.ok {
			t.Errorf("%v: got %v, want ok %v", c.props, err, c.ok)
		}
	}
}

func TestValidateVocabulariesOfNodes(t *testing.T) {
	for i := range sample("1").Mentions {
		f := sample("1")
		if len(f.Mentions[i].Props) == 0 {
			continue
		}
		for k := range f.Mentions[i].Props {
			f := sample("1")
			node := f.Mentions[i].Node
			f.Mentions[i].Props[k] = "nonsense"
			f.Complete()
			err := f.Validate()
			if k == "unit" { // free text
				if err != nil {
					t.Error(err)
				}
				continue
			}
			if err == nil || !strings.Contains(err.Error(), node) {
				t.Errorf("%s: %s nonsense: got %v, want an error that names the node", node, k, err)
			}
		}
	}
}
