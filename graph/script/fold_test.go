package script

import (
	"bufio"
	"os"
	"strings"
	"testing"
)

func TestFold_forms(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"增长１１．２％，达到Ａ级", "增长11.2%，达到A级"},
		{"改什么?怎么改?", "改什么？怎么改？"},
		{"共15,000户,其中11:00前", "共15,000户，其中11:00前"},
		{"上午9：30开会：讨论", "上午9:30开会：讨论"},
		{"增长5%,12个县", "增长5%，12个县"},
		{"(记者 某某)", "（记者 某某）"},
		{"改革完成.\n网址www.example.cn.", "改革完成。\n网址www.example.cn."},
		{"县域\u00a0经济\u3000发展\t快", "县域 经济 发展 快"},
		{"枫\u200b桥\ufeff经\u00ad验", "枫桥经验"},
		{"①2019年 10² Ⅱ期", "①2019年 10² Ⅱ期"},
		{"⼀⽹统管", "一网统管"},
		{"二○二四年，○号", "二〇二四年，○号"},
		{"推行\"一窗办\"和\"一网办\"", "推行“一窗办”和“一网办”"},
		{"十年――――十年──", "十年————十年——"},
		{"阿布•买买提・某", "阿布·买买提·某"},
		{"2021–2035年，3～5个", "2021-2035年，3~5个"},
		{"﹁小切口﹂改革﹐试点﹔", "“小切口”改革，试点；"},
		{"「接訴即辦」與『未訴先辦』", "“接诉即办”与‘未诉先办’"},
		{"\u2028甲\r\n", "\n甲\n\n"},
	} {
		if got := Fold(c.in).String(); got != c.want {
			t.Errorf("Fold(%q)\n got %q\nwant %q", c.in, got, c.want)
		}
	}
}

func TestFold_script(t *testing.T) {
	for _, c := range []struct {
		in, want string
		script   Script
	}{
		{"扭轉乾坤，沿著改革方向", "扭转乾坤，沿着改革方向", Traditional},
		{"該縣著名學者著力研究，成績顯著，彰顯著擔當", "该县著名学者着力研究，成绩显著，彰显着担当", Traditional},
		{"專著與合著出版，結合著實際，見微知著", "专著与合著出版，结合着实际，见微知著", Traditional},
		{"乾县和乾安县改革成效显著，什么后劲，於姓干部", "乾县和乾安县改革成效显著，什么后劲，於姓干部", Simplified},
		{"乾縣幹部隊伍", "乾县干部队伍", Traditional},
		{"無證明城市、技改專項貸", "无证明城市、技改专项贷", Traditional},
		{"", "", Simplified},
	} {
		f := Fold(c.in)
		if f.String() != c.want || f.Script != c.script {
			t.Errorf("Fold(%q)\n got %q %s\nwant %q %s", c.in, f.String(), f.Script, c.want, c.script)
		}
		if got := Detect(c.in); got != c.script {
			t.Errorf("Detect(%q) got %s want %s", c.in, got, c.script)
		}
	}
}

// One traditional word in a long simplified text does not make it traditional, and is not converted.
func TestFold_scriptOfMostlySimplifiedText(t *testing.T) {
	in := strings.Repeat("全县上下推进放管服改革，持续优化营商环境。", 20) + "商标「龍鳳」"
	f := Fold(in)
	if f.Script != Simplified || !strings.Contains(f.String(), "“龍鳳”") {
		t.Errorf("got %s, tail %q", f.Script, string(f.Runes[len(f.Runes)-6:]))
	}
	if got := FoldAs("龍鳳", Traditional).String(); got != "龙凤" {
		t.Errorf("FoldAs got %q", got)
	}
}

func TestFold_openCC(t *testing.T) {
	file, err := os.Open("testdata/opencc_t2s.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	sc := bufio.NewScanner(file)
	n := 0
	for sc.Scan() {
		in, want, ok := strings.Cut(sc.Text(), "\t")
		if !ok {
			continue
		}
		n++
		rs := []rune(in)
		simplify(rs, true)
		// OpenCC leaves every 著; telling the particle apart is our own addition.
		if got := string(rs); strings.ReplaceAll(got, "着", "著") != strings.ReplaceAll(want, "着", "著") {
			t.Errorf("%q\n got %q\nwant %q", in, got, want)
		}
	}
	if sc.Err() != nil || n < 40 {
		t.Errorf("read %d cases, error %v", n, sc.Err())
	}
}

func TestFold_offsets(t *testing.T) {
	in := "\ufeff縣\u200b域\u200b經濟"
	f := Fold(in)
	if f.String() != "县域经济" {
		t.Fatalf("got %q", f.String())
	}
	stored := []rune(in)
	for _, c := range []struct {
		start, end int
		want       string
	}{{0, 1, "縣"}, {0, 2, "縣\u200b域"}, {1, 4, "域\u200b經濟"}, {2, 2, ""}, {4, 4, ""}} {
		s, e := f.Span(c.start, c.end)
		if got := string(stored[s:e]); got != c.want {
			t.Errorf("Span(%d,%d) cuts %q, want %q", c.start, c.end, got, c.want)
		}
	}
	if got := f.Index(2); got != 1 {
		t.Errorf("Index(2) got %d want 1", got)
	}
	if got := f.Orig(4); got != 7 {
		t.Errorf("Orig(end) got %d want 7", got)
	}
}

func TestSimplify(t *testing.T) {
	for in, want := range map[string]string{
		"臨沂市": "临沂市", "乾县": "乾县", "乾縣": "乾县", "餅乾": "饼干", "魏徵": "魏徵", "枫桥经验": "枫桥经验", "ＡＢ「辦」": "ＡＢ「办」", "沿著": "沿著",
	} {
		if got := Simplify(in); got != want {
			t.Errorf("Simplify(%q) got %q want %q", in, got, want)
		}
	}
}

func TestKey(t *testing.T) {
	for in, want := range map[string]string{
		"“有解思維”工作法": "有解思维工作法", "《“互联网＋”行动》": "互联网+行动", " 一 网　通办 ": "一网通办", "Ｎ＋１": "n+1", "「ABC」": "abc", "": "",
	} {
		if got := Key(in); got != want {
			t.Errorf("Key(%q) got %q want %q", in, got, want)
		}
		if got := Key(Key(in)); got != Key(in) {
			t.Errorf("Key of Key(%q) got %q", in, got)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"", "縣\u200b域", "\xff甲\"乙\"", "著著", "，,：:1：2", "\U000E0100禰\U000E0101", "○〇○"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		stored := []rune(s)
		fo := Fold(s)
		last := -1
		for i := range fo.Runes {
			o := fo.Orig(i)
			if o <= last || o >= len(stored) {
				t.Fatalf("Orig(%d) = %d after %d of %d", i, o, last, len(stored))
			}
			last = o
			if got := fo.Index(o); got != i {
				t.Fatalf("Index(Orig(%d)) = %d", i, got)
			}
			a, b := fo.Span(i, i+1)
			if a != o || b != o+1 {
				t.Fatalf("Span(%d,%d) = %d,%d", i, i+1, a, b)
			}
			// A span cuts its own text: folding the cut with the known script gives a rune of its own.
			if got := len(FoldAs(string(stored[a:b]), fo.Script).Runes); got != 1 {
				t.Fatalf("cut %q folds to %d runes", string(stored[a:b]), got)
			}
		}
		if e := fo.Orig(len(fo.Runes)); e != last+1 {
			t.Fatalf("end maps to %d, want %d", e, last+1)
		}
		if again := Fold(fo.String()); len(again.Runes) != len(fo.Runes) {
			t.Fatalf("folding twice changes the length")
		}
	})
}

func BenchmarkFold(b *testing.B) {
	for _, c := range []struct{ name, unit string }{
		{"simplified", "全市上下锚定目标,推动“放管服”改革走深走实,增长11.2%(见表)。\n"},
		{"traditional", "全市上下錨定目標，推動「放管服」改革走深走實，沿著方向增長11.2%。\n"},
	} {
		text := strings.Repeat(c.unit, 500)
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Fold(text)
			}
		})
	}
}
