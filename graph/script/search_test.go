package script

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestForSearch(t *testing.T) {
	for text, want := range map[string]string{
		"":                   "",
		"枫桥经验":               "枫桥经验",
		"楓橋經驗":               "枫桥经验",
		"“有解”思维（试行）":         "有解思维试行",
		"１２３４５ 热线":           "12345热线",
		"５Ｇ＋智慧城市":            "5g+智慧城市",
		"一行\r二行":             "一行␤二行",
		"原有␤符号":              "原有符号",
		"Café\u200b e\u0301": "cafee",
		`a\b"c'd`:            "abcd",
		"甲，乙。":               "甲,乙。",
		"第①条㎡":               "第1条m2",
		"乾燥乾隆":               "干燥干隆",
		"著作與看著":              "着作与看着",
		"反覆":                 ForSearch("反复").string(),
	} {
		if got := ForSearch(text).string(); got != want {
			t.Errorf("ForSearch(%q) = %q, want %q", text, got, want)
		}
	}
}

func (s Searchable) string() string { return string(s.Runes) }

// What makes search exact: the form of a part is a part of the form, and so is the form of what conversion makes of it.
func TestForSearchParts(t *testing.T) {
	const text = "本報訊：《“最多跑一次”改革》在乾縣１２３４５熱線推開，反覆檢驗Café①㎡。\n瞭望週刊稱沈默者著名。"
	runes := []rune(text)
	whole := ForSearch(text)
	for i := range runes {
		for k := i + 1; k <= min(len(runes), i+9); k++ {
			part := string(runes[i:k])
			form := ForSearch(part)
			at := strings.Index(whole.string(), form.string())
			if at < 0 {
				t.Fatalf("the form of %q is not in the form of the whole", part)
			}
			for _, same := range []string{Simplify(part), Bare(part), Key(part), Fold(part).String()} {
				a, b := ForSearch(same).string(), form.string()
				// Bare and Key drop line ends, and Fold gives marks by what stands beside them.
				drop := strings.NewReplacer(string(LineEnd), "", ":", "", ",", "", "。", "", ".", "")
				if drop.Replace(a) != drop.Replace(b) {
					t.Errorf("ForSearch(%q) = %q, but of %q it is %q", same, a, part, b)
				}
			}
		}
	}
}

func TestSearchableSpan(t *testing.T) {
	const text = "甲“乙 丙”㎡\n丁"
	s := ForSearch(text)
	for _, tt := range []struct{ phrase, want string }{{"乙丙", "乙 丙"}, {"甲乙", "甲“乙"}, {"丙m", "丙”㎡"}, {"丁", "丁"}, {"2", "㎡"}} {
		i := s.Index([]rune(tt.phrase))
		if i < 0 {
			t.Errorf("%q is not found", tt.phrase)
			continue
		}
		start, end := s.Span(i, i+utf8.RuneCountInString(tt.phrase))
		if got := string([]rune(text)[start:end]); got != tt.want {
			t.Errorf("%q stands at %q, want %q", tt.phrase, got, tt.want)
		}
	}
	for _, none := range []string{"乙丁", "㎡", "2丁"} {
		if i := s.Index([]rune(none)); i >= 0 {
			t.Errorf("%q is found at %d", none, i)
		}
	}
}

func TestTokens(t *testing.T) {
	if got, want := Tokens("5G热线", "", "甲\n乙"), "␤ 5 g 热 线 ␤ ␤ 甲 ␤ 乙 ␤"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := Tokens(), "␤"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPhrase(t *testing.T) {
	if got, want := Phrase("甲\n“乙”␤"), []rune("甲乙"); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", string(got), string(want))
	}
	if got := Phrase("“” \\"); len(got) != 0 {
		t.Errorf("got %q, want nothing", string(got))
	}
	if got, want := PhraseQuery([][]rune{[]rune("热线"), []rune("*-")}), `"热 线" AND "* -"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func BenchmarkForSearch(b *testing.B) {
	text := strings.Repeat("市政府常务会议研究部署优化营商环境工作，推广12345热线“接诉即办”的做法。\n", 30)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		ForSearch(text)
	}
}
