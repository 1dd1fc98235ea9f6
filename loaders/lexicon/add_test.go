package lexicon

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// folder writes files into a new folder.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestAddedRowsJoinThoseOfTheProgram(t *testing.T) {
	own, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	dir := folder(t, map[string]string{
		// As an editor of another system writes it, in traditional characters.
		"experiences.tsv": "\ufeff# mine\r\n\r\n樓棟夜談\t夜談會 板凳會\t\t370300\t2019-09\tgovernance\r\n河长制\t護河制\r\n",
		"bodies.tsv":      "夜谈促进会\tassociation\n",
		"domains.tsv":     "ecology\t湿地银行\n",
		".hidden":         "",
	})
	got, err := LoadWith(dir)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(got.Experiences) - len(own.Experiences); n != 1 {
		t.Errorf("got %d more experiences, want 1", n)
	}
	e := got.Experiences[len(got.Experiences)-1]
	if e.Name != "楼栋夜谈" || !slices.Equal(e.Aliases, []string{"夜谈会", "板凳会"}) || e.Origin != "370300" || e.Since != "2019-09" || e.Domain != "governance" {
		t.Errorf("got %+v, want it in simplified characters", e)
	}
	i := slices.IndexFunc(got.Experiences, func(e Experience) bool { return e.Name == "河长制" })
	if !slices.Contains(got.Experiences[i].Aliases, "护河制") {
		t.Errorf("got %+v, want the added name too", got.Experiences[i])
	}
	last := got.Bodies[len(got.Bodies)-1]
	if last.Field(0) != "夜谈促进会" || !last.Added || got.Bodies[0].Added {
		t.Errorf("got %+v, want the added body last, and only it marked", last)
	}
	if got.Sum() == own.Sum() {
		t.Error("got the sum of the program's own lexicon, want another")
	}
}

// The sum depends on the rows alone.
func TestAddedRowsMakeTheSum(t *testing.T) {
	sum := func(files map[string]string) string {
		l, err := LoadWith(folder(t, files))
		if err != nil {
			t.Fatal(err)
		}
		return l.Sum()
	}
	own, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	if got := sum(map[string]string{"pilots.tsv": "# none yet\n"}); got != own.Sum() {
		t.Errorf("got %s of files without rows, want %s as of the program's own lexicon", got, own.Sum())
	}
	one, other := sum(map[string]string{"pilots.tsv": "先行镇\n"}), sum(map[string]string{"pilots.tsv": "# a remark\r\n先行镇\r\n"})
	if one != other || one == own.Sum() {
		t.Errorf("got %s and %s, want the same of the same rows, and not %s", one, other, own.Sum())
	}
	if got := sum(map[string]string{"slogans.tsv": "先行镇\n"}); got == one {
		t.Error("got the same sum of the same row in another file, want another")
	}
}

func TestAddedRowsBadOnes(t *testing.T) {
	const rule = "mine\t问鼎\t问鼎(?P<name>.+)\taward\t\t甲市问鼎。\t甲 RECEIVED 乙"
	for _, x := range []struct{ file, text, want string }{
		{"experience.tsv", "楼栋夜谈\n", "experience.tsv is no file of a lexicon: rename or remove it; known are experiences.tsv, places.tsv,"},
		{"experiences.tsv", "# one\n楼栋夜谈 夜谈会\n", `line 2: the first field, "楼栋夜谈 夜谈会", holds a space: separate fields by tabs`},
		{"experiences.tsv", "楼栋夜谈\t\t\t\t\t\t\t\n", "line 1: 8 fields, want 1 to 7: name, aliases, variants, origin, since, domain, source"},
		{"experiences.tsv", "\t夜谈会\n", "line 1: the first field is empty"},
		{"experiences.tsv", "谈\n", "the name 谈 is too short"},
		{"experiences.tsv", "楼栋夜谈\t\t\t379999\n", `origin "379999" is no place`},
		{"experiences.tsv", "楼栋夜谈\t\t\t\t2019年\n", `since "2019年" is no date`},
		{"experiences.tsv", "楼栋夜谈\t\t\t\t\tcity\n", `domain "city" is unknown: use one of economy,`},
		{"experiences.tsv", "楼栋夜谈\t产业链链长制\n", "产业链链长制 is a name of the experience 链长制 already"},
		{"experiences.tsv", "河长制\t\t\t330500\n", "河长制 is known already: only names can be added"},
		{"experiences.tsv", "楼栋夜谈\xff\n", "it is not UTF-8"},
		{"places.tsv", "379999\tzone\t夜谈新区\n", `code "379999" is no place`},
		{"places.tsv", "370300\tvillage\t夜谈村\n", `kind "village" is unknown: use zone, township, name`},
		{"places.tsv", "370300\tzone\n", "2 fields, want 3: code, kind, names"},
		{"places.tsv", "370300\tname\t \n", "no name"},
		{"places.tsv", "370300\tname\t淄\n", "too short"},
		{"places.tsv", "370000\ttownship\t夜谈镇\n", "山东省 is a province"},
		{"places.tsv", "370303\ttownship\t夜谈\n", "ends in none of 镇, 乡, 街道"},
		{"bodies.tsv", "夜谈促进会\tclub\n", `kind "club" is unknown: use one of party, government`},
		{"bodies.tsv", "国务院\tgovernment\n", "国务院 is listed already (bodies.tsv, line "},
		{"stems.tsv", "夜谈办\tclub\n", `kind "club" is unknown`},
		{"suffixes.tsv", "夜谈社\tother\tno\n", `strict "no" is unknown: use one of 0, 1`},
		{"heads.tsv", "夜谈法\tmethod\tyes\n", `strip "yes" is unknown`},
		{"verbs.tsv", "夜谈\twill\n", `class "will" is unknown`},
		{"posts.tsv", "夜谈员\tbefore\n", `place of the name "before" is unknown`},
		{"domains.tsv", "city\t夜谈\n", `domain "city" is unknown`},
		{"pilots.tsv", "先行镇\n先行镇\n", "line 2: 先行镇 is listed already"},
		{"honours.tsv", strings.Replace(rule, "award", "prize", 1), `what it emits, "prize" is unknown: use one of award,`},
		{"honours.tsv", strings.Replace(rule, "\t\t", "\tmaybe\t", 1), `status "maybe" is unknown`},
		{"honours.tsv", strings.Replace(rule, "mine", "verb-head", 1), "a rule verb-head is there already (rules.tsv, line "},
		{"spread.tsv", strings.Replace(rule, "award", "PROMOTES", 1), `what it emits, "PROMOTES" is unknown: use one of PROMOTED_TO`},
		{"spread.tsv", "mine\t傳遍\t傳遍(?P<where>{P})。臺灣學習經驗\tPROMOTED_TO\t\t甲\t乙 PROMOTED_TO 丙", "the pattern is in traditional characters"},
		{"spread.tsv", "mine\t传遍\n", "2 fields, want 7"},
	} {
		dir := folder(t, map[string]string{x.file: x.text})
		_, err := LoadWith(dir)
		if err == nil || !strings.Contains(err.Error(), x.want) || !strings.Contains(err.Error(), dir) {
			t.Errorf("%s %q: got %v, want an error that names the folder and says %q", x.file, x.text, err, x.want)
		}
	}
	for _, dir := range []string{filepath.Join(t.TempDir(), "absent"), folder(t, nil) + "/"} {
		_, err := LoadWith(dir)
		if absent := strings.HasSuffix(dir, "absent"); absent != (err != nil) || absent && !strings.Contains(err.Error(), "lexicon folder "+dir) {
			t.Errorf("%s: got %v, want an error of the absent folder alone", dir, err)
		}
	}
}

// A folder may add to every file that the rules read, and only to these.
func TestAddedRowsOfEveryFile(t *testing.T) {
	entries, err := files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{"places.tsv": true}
	for _, e := range entries {
		want[e.Name()] = true
	}
	delete(want, "rules.tsv")      // descriptions of code
	delete(want, "confidence.tsv") // counts of the program's own rules
	got := map[string]bool{}
	for _, a := range addable {
		got[a.file] = true
	}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
