package article

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// outcome is an item or an error as one line.
func outcome(it Item, err error) string {
	if err != nil {
		return "! " + err.Error()
	}
	a := it.Article
	return fmt.Sprintf("%s|%s|%s|%s|%s %s|%s|%s|given %s|%q", a.Source, a.Title, a.Outlet, a.URL, a.Published, a.PublishedPrecision, strings.Join(a.Authors, "+"), a.ID, strings.Join(a.Given, ","), a.Text)
}

func readAll(t *testing.T, format, in string, o Options) []string {
	t.Helper()
	var got []string
	for it, err := range ReadFrom(context.Background(), "in", strings.NewReader(in), format, o) {
		got = append(got, outcome(it, err))
	}
	return got
}

func check(t *testing.T, name string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s\n got %s\nwant %s", name, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

const day = "2026-11-24"

func TestRead_json(t *testing.T) {
	for _, c := range []struct {
		name, format, in string
		want             []string
	}{
		{"one object", "json", `{"id":"a1","title":" 甲县 改革 ","outlet":"某报","url":"https://example.cn/1","published":"2024-5-2","authors":["张三"],"text":"甲县改革。","other":{"x":1}}`,
			[]string{`in|甲县 改革|某报|https://example.cn/1|2024-05-02 day|张三|article:a1|given title,outlet,url,published,authors|"甲县改革。"`}},
		{"array, lines counted", "json", "[\n {\"text\":\"甲\"},\n\n {\"id\":7,\"text\":\"乙\"}, {\"text\":5},\n{\"text\":\"丙\"}]\n",
			[]string{`in:2||||` + " " + `||article:` + hash("甲") + `|given |"甲"`, `in:4||||` + " " + `||article:7|given |"乙"`, `! in:4: text: must be text in quotes, this is a number`, `in:5||||` + " " + `||article:` + hash("丙") + `|given |"丙"`}},
		{"several objects", "json", "{\"id\":\"x\",\n\"text\":\"甲\"}\n\n\n{\"id\":\"y\",\"text\":\"乙\"}", []string{`in:1|||| ||article:x|given |"甲"`, `in:5|||| ||article:y|given |"乙"`}},
		{"broken", "json", "[{\"id\":\"x\",\"text\":\"甲\"},\n{\"id\":\"y\" \"text\"}]", []string{`in:1|||| ||article:x|given |"甲"`,
			`! in:2: broken JSON, the rest of the file is not read: invalid character '"' after object key:value pair`}},
		{"cut off", "json", `{"id":"x","te`, []string{"! in:1: broken JSON, the rest of the file is not read: the file ends inside a value"}},
		{"not an object", "json", `["甲"]`, []string{"! in:1: an article must be a JSON object with the field text, this is text"}},
		{"lines", "ndjson", "{\"id\":\"x\",\"text\":\"甲\\r\\n乙\\r丙\"}\n\n{broken\n{\"id\":\"y\"}\n{\"title\":3,\"text\":\"甲\"}\n{\"id\":\"z\",\"published\":\"昨天\",\"text\":\"丁\"}\n{\"id\":\"w\",\"authors\":\"李四、王五\",\"published\":null,\"text\":\"丁\"}",
			[]string{`in:1|||| ||article:x|given |"甲\n乙\n丙"`, `! in:3: broken JSON: invalid character 'b' looking for beginning of object key string (byte 2 of the line)`,
				"! in:4: field text is missing", "! in:5: title: must be text in quotes, this is a number",
				`! in:6: published: "昨天" is not a date; write YYYY-MM-DD, YYYY-MM or YYYY`, `in:7|||| |李四+王五|article:w|given authors|"丁"`}},
		{"dates to come", "ndjson", "{\"id\":\"a\",\"published\":\"2026-11-25\",\"text\":\"甲\"}\n{\"id\":\"b\",\"published\":\"2026-11\",\"text\":\"甲\"}\n{\"id\":\"c\",\"published\":\"2027\",\"text\":\"甲\"}",
			[]string{"! in:1: published: 2026-11-25 lies after the day of loading, 2026-11-24", `in:2||||2026-11 month||article:b|given published|"甲"`, "! in:3: published: 2027 lies after the day of loading, 2026-11-24"}},
		{"empty text", "ndjson", `{"text":" \n　"}`, []string{"! in:1: no text: nothing but white space and signs"}},
		{"NUL", "ndjson", `{"text":"甲\u0000乙"}`, []string{"! in:1: text holds a NUL character; it was not decoded rightly where it comes from"}},
		{"bad id", "ndjson", `{"id":"a b","text":"甲"}`, []string{`! in:1: id: "a b" holds a space or control character`}},
		{"bad bytes", "ndjson", "{\"id\":\"a\",\"text\":\"甲乙丙丁戊己庚辛壬癸甲乙\"}\n{\"text\":\"乙\xff\"}\n{\"id\":\"b\",\"text\":\"丙\"}",
			[]string{`in:1|||| ||article:a|given |"甲乙丙丁戊己庚辛壬癸甲乙"`, "! in:2: holds bytes that are not valid in the file's encoding", `in:3|||| ||article:b|given |"丙"`}},
		{"blank lines only", "ndjson", "\n \n", []string{"! in: empty file"}},
		{"nothing", "", "", []string{"! in: empty file"}},
	} {
		check(t, c.name, readAll(t, c.format, c.in, Options{Today: day}), c.want...)
	}
}

func hash(s string) string {
	for it := range ReadFrom(context.Background(), "", strings.NewReader(s), "txt", Options{}) {
		return strings.TrimPrefix(it.Article.ID, "article:")
	}
	return ""
}

func TestRead_tooLong(t *testing.T) {
	long := strings.Repeat("改革", MaxText/6+1)
	check(t, "txt", readAll(t, "txt", long, Options{}), "! in: text over 5 MiB; split it into its articles")
	check(t, "line", readAll(t, "ndjson", `{"text":"`+long+"\"}\n{\"id\":\"a\",\"text\":\"甲\"}", Options{}), "! in:1: text over 5 MiB; split it into its articles", `in:2|||| ||article:a|given |"甲"`)
	check(t, "line that is never kept", readAll(t, "ndjson", strings.Repeat("x", maxRaw+1)+"\n{\"id\":\"a\",\"text\":\"甲\"}", Options{}), "! in:1: text over 5 MiB; split it into its articles", `in:2|||| ||article:a|given |"甲"`)
	check(t, "object", readAll(t, "json", `[{"text":"`+strings.Repeat("x", maxRaw+70000)+`"}]`, Options{}), "! in:1: text over 5 MiB; split it into its articles")
	exact := strings.Repeat("a", MaxText)
	if got := readAll(t, "txt", exact, Options{}); strings.HasPrefix(got[0], "!") {
		t.Errorf("a text of exactly 5 MiB: got %s", got[0])
	}
}

func TestRead_markdown(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     string
	}{
		{"front matter", "---\ntitle: 乙市：改革\ndate: 2024-03-01\nauthor: [张三, 李四]\nid: 12\ntags: [a]\n---\n# 乙市：改革\n\n正文。\n",
			`in|乙市：改革|||2024-03-01 day|张三+李四|article:12|given title,published,authors|"# 乙市：改革\n\n正文。\n"`},
		{"CR LF and BOM", "\ufeff---\r\nid: q\r\npublished: 2024-03\r\n---\r\n正文\r\n", `in||||2024-03 month||article:q|given published|"正文\n"`},
		{"none", "# 题\n正文", `in|||| ||article:` + hash("# 题\n正文") + `|given |"# 题\n正文"`},
		{"empty", "---\n---\n正文", `in|||| ||article:` + hash("正文") + `|given |"正文"`},
		{"not closed", "---\ntitle: 甲\n正文", "! in:1: front matter begins with --- but has no closing --- line"},
		{"broken", "---\ntitle: [甲\n---\n正文", "! in:2: front matter is not valid YAML: did not find expected ',' or ']'"},
		{"a list", "---\n- 甲\n---\n正文", "! in:2: front matter must be lines of the form name: value"},
		{"wrong type", "---\nid: a\ntitle: {a: 1}\n---\n正文", "! in:3: title: must be text"},
		{"no text", "---\ntitle: 甲\n---\n", "! in: no text: nothing but white space and signs"},
	} {
		check(t, c.name, readAll(t, "md", c.in, Options{}), c.want)
	}
}

func TestRead_encodings(t *testing.T) {
	simplified := "某市全面推进审批制度改革，企业和群众办事更加方便。今年以来，全市共办理事项三万件。"
	traditional := "某市全面推進審批制度改革，企業和群眾辦事更加方便。今年以來，全市共辦理事項三萬件。"
	for _, c := range []struct {
		name string
		enc  encoding.Encoding
		bom  string
		text string
	}{
		{"GB18030", simplifiedchinese.GB18030, "", simplified},
		{"GB18030, traditional text", simplifiedchinese.GB18030, "", traditional},
		{"GB18030, few characters", simplifiedchinese.GB18030, "", "深化改革"},
		{"Big5", traditionalchinese.Big5, "", traditional},
		{"Big5, few characters", traditionalchinese.Big5, "", "推動改革工作"},
		{"UTF-16 LE", utf16LE, "\xff\xfe", simplified},
		{"UTF-16 BE", utf16BE, "\xfe\xff", simplified},
		{"UTF-16 LE without mark", utf16LE, "", "ABC " + simplified + "\n"},
		{"UTF-16 BE without mark", utf16BE, "", "ABC " + simplified + "\n"},
		{"UTF-8 with mark", encoding.Nop, "\ufeff", simplified},
	} {
		raw, err := c.enc.NewEncoder().String(c.text)
		if err != nil {
			t.Fatal(c.name, err)
		}
		check(t, c.name, readAll(t, "txt", c.bom+raw, Options{}), `in|||| ||article:`+hash(c.text)+`|given |`+fmt.Sprintf("%q", c.text))
		line, _ := c.enc.NewEncoder().String(`{"id":"a","text":` + fmt.Sprintf("%q", c.text) + "}\n")
		check(t, c.name+" ndjson", readAll(t, "ndjson", c.bom+line, Options{}), `in:1|||| ||article:a|given |`+fmt.Sprintf("%q", c.text))
	}
}

func TestRead_refused(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"PDF", "%PDF-1.4 abc", "! in: binary file (PDF), not text; convert it to text first"},
		{"NULs", "ab\x00\x00\x01\x02\xfe\x00c", "! in: binary file, not text; convert it to text first"},
		{"control characters", strings.Repeat("a\x01\x02", 20), "! in: binary file, not text; convert it to text first"},
		{"broken UTF-8", strings.Repeat("改革的路。", 20) + "\n\xff", "! in: cannot be decoded: UTF-8 with bytes that are not valid, first in line 2"},
		{"no encoding", "\x80\x81\xff\xff\xfe\x80 改\xff", "! in: cannot be decoded: the bytes are not valid as a whole in UTF-8, UTF-16, GB18030 or Big5"},
		{"damaged before", strings.Repeat("改\ufffd", 10), "! in: text is damaged: more than one character in a hundred is U+FFFD, so it was decoded wrongly before"},
		{"white space", " \n\t　\n", "! in: no text: nothing but white space and signs"},
		{"HTML without text", "<html><head><title>甲</title></head><body><script>x</script><p>&nbsp;</p></body></html>", "! in: HTML without text"},
		{"absurd nesting", "<html>" + strings.Repeat("<div>", 1000) + "x", "! in: not a readable HTML page: html: open stack of elements exceeds 512 nodes"},
		{"broken gzip", "\x1f\x8bxyz", "! in: not a readable gzip file: unexpected EOF"},
	} {
		format := "txt"
		if strings.HasPrefix(c.in, "<") {
			format = "html"
		}
		check(t, c.name, readAll(t, format, c.in, Options{}), c.want)
	}
	check(t, "format", readAll(t, "docx", "abc", Options{}), `! in: unknown format "docx"; known are txt, md, html, json, ndjson`)
}

// Random bytes are hardly ever taken for text, however few they are.
func TestRead_randomBytes(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for _, n := range []int{32, 64, 1024} {
		taken := 0
		for range 500 {
			b := make([]byte, n)
			r.Read(b)
			if !strings.HasPrefix(readAll(t, "txt", string(b), Options{})[0], "!") {
				taken++
			}
		}
		if taken > 5 {
			t.Errorf("%d of 500 files of %d random bytes were read as text", taken, n)
		}
	}
}

func TestRead_html(t *testing.T) {
	in := `<!DOCTYPE html><html><head><meta charset="gb2312"><title>丙县推行一窗办理改革_丙县日报网</title>
<meta name="ContentSource" content="来源：丙县日报"><meta name="PubDate" content="2023-07-08 09:10"><meta name="author" content="丙县日报网">
<link rel="canonical" href="https://example.cn/a/1.html"><style>p{}</style></head><body>
<div class=nav><a>首页</a> &gt; <a>要闻</a></div><h1>丙县推行一窗办理改革</h1><table><tr><td>甲</td><td>乙</td></tr></table>
<p>&emsp;&emsp;第一段<b>加粗</b>字
换行。</p><p style="display: none">看不见</p><p>第二段<br>另一行</p><script>var a=1</script><noscript>无脚本</noscript><pre>a
  b</pre></body></html>`
	raw, err := simplifiedchinese.GBK.NewEncoder().String(strings.ReplaceAll(in, "\u2003", " "))
	if err != nil {
		t.Fatal(err)
	}
	check(t, "page", readAll(t, "html", raw, Options{}),
		`in|丙县推行一窗办理改革|丙县日报|https://example.cn/a/1.html|2023-07-08 day||article:`+hashURL("https://example.cn/a/1.html")+`|given title,outlet,url,published|`+
			fmt.Sprintf("%q", "首页 > 要闻\n丙县推行一窗办理改革\n甲 乙\n\u2003\u2003第一段加粗字 换行。\n第二段\n另一行\na\nb"))
	check(t, "linked data", readAll(t, "html", `<html><head><script type="application/ld+json">{"@type":"NewsArticle","headline":"丁市改革观察记","datePublished":"2022-01-02T20:00:00Z"}</script></head><p>正文</p></html>`, Options{}),
		`in|丁市改革观察记|||2022-01-03 day||article:`+hash("正文")+`|given title,published|"正文"`)
}

func hashURL(u string) string {
	for it := range ReadFrom(context.Background(), "", strings.NewReader(`{"text":"甲","url":"`+u+`"}`), "json", Options{}) {
		return strings.TrimPrefix(it.Article.ID, "article:")
	}
	return ""
}

func TestRead_folder(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, data []byte) {
		t.Helper()
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var zipped bytes.Buffer
	zw := gzip.NewWriter(&zipped)
	zw.Write([]byte("{\"id\":\"g1\",\"text\":\"甲\"}\n{\"id\":\"g2\",\"text\":\"乙\"}\n"))
	zw.Close()
	write("b.txt", []byte("乙"))
	write("a/z.md", []byte("甲"))
	write("a/.hidden.txt", []byte("无"))
	write(".git/x.txt", []byte("无"))
	write("c.ndjson.gz", zipped.Bytes())
	write("d.docx", []byte("PK"))
	write("e.txt", nil)
	var got, notes []string
	o := Options{Note: func(source, reason string) { notes = append(notes, strings.TrimPrefix(source, dir)+": "+reason[:11]) }}
	for it, err := range Read(context.Background(), []string{dir, filepath.Join(dir, "none.txt")}, o) {
		var e *Error
		switch {
		case errors.As(err, &e):
			got = append(got, "! "+strings.TrimPrefix(e.Error(), dir))
		default:
			got = append(got, strings.TrimPrefix(it.Article.Source, dir)+" "+it.Article.Text+fmt.Sprint(it.ByText))
		}
	}
	check(t, "folder", got, "/a/z.md 甲true", "/b.txt 乙true", "/c.ndjson.gz:1 甲false", "/c.ndjson.gz:2 乙false", "! /e.txt: empty file", "! /none.txt: no such file or folder")
	check(t, "notes", notes, "/d.docx: passed over")
}

func TestRead_standardInput(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"ndjson", "{\"id\":\"a\",\"text\":\"甲\"}\n", `-:1|||| ||article:a|given |"甲"`},
		{"json", "{\n\"id\":\"a\",\"text\":\"甲\"}\n", `-|||| ||article:a|given |"甲"`},
		{"md", "---\nid: a\n---\n甲", `-|||| ||article:a|given |"甲"`},
		{"html", "<!DOCTYPE html><p>甲", `-|||| ||article:` + hash("甲") + `|given |"甲"`},
		{"txt", "甲", `-|||| ||article:` + hash("甲") + `|given |"甲"`},
	} {
		var got []string
		for it, err := range Read(context.Background(), []string{"-"}, Options{Stdin: strings.NewReader(c.in)}) {
			got = append(got, outcome(it, err))
		}
		check(t, c.name, got, c.want)
	}
}

func TestRead_stops(t *testing.T) {
	n := 0
	for range ReadFrom(context.Background(), "in", strings.NewReader(strings.Repeat("{\"text\":\"甲\"}\n", 5)), "ndjson", Options{}) {
		if n++; n == 2 {
			break
		}
	}
	if n != 2 {
		t.Errorf("got %d items before the break", n)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var errs []error
	for _, err := range ReadFrom(ctx, "in", strings.NewReader(strings.Repeat("{\"text\":\"甲\"}\n", 5)), "ndjson", Options{}) {
		cancel()
		if err != nil {
			errs = append(errs, err)
		}
	}
	if !reflect.DeepEqual(errs, []error{context.Canceled}) {
		t.Errorf("got %v, want the context's error once", errs)
	}
}

func TestParseDate(t *testing.T) {
	for in, want := range map[string]string{
		"2024-05-25": "2024-05-25 day", "2024/5/2 08:30": "2024-05-02 day", "2024年5月2日": "2024-05-02 day", "2024年5月": "2024-05 month", "2024": "2024 year", "2024年": "2024 year",
		"20240525": "2024-05-25 day", "2024-05-25T18:30:00Z": "2024-05-26 day", "2024-05-25T18:30:00+08:00": "2024-05-25 day", "2024.5": "2024-05 month",
		"2023-12-06 15:33:42": "2023-12-06 day", "2024-02-30": "", "2024-13": "", "昨天": "", "": "", "05-25": "", "2024-05 08:30": "", "2024-0-5": "",
	} {
		iso, precision, ok := ParseDate(in)
		if got := strings.TrimSpace(iso + " " + precision); got != want || ok != (want != "") {
			t.Errorf("ParseDate(%q) got %q, %v, want %q", in, got, ok, want)
		}
	}
}

func FuzzReadFrom(f *testing.F) {
	for _, s := range []string{"甲", "---\na: b\n---\n甲", "<p>甲<br>乙", "[{\"text\":\"甲\"},\n{}]", "{\"text\":\"甲\"}\n{", "\xff\xfe\x32\x75", "\xb8\xc4\xb8\xef", "\x1f\x8b"} {
		for _, format := range []string{"", "txt", "md", "html", "json", "ndjson"} {
			f.Add(s, format)
		}
	}
	f.Fuzz(func(t *testing.T, s, format string) {
		n := 0
		for it, err := range ReadFrom(context.Background(), "in", strings.NewReader(s), format, Options{Today: day}) {
			n++
			if err != nil {
				var e *Error
				if !errors.As(err, &e) || e.Reason == "" {
					t.Fatalf("error %v is no *Error with a reason", err)
				}
				continue
			}
			a := it.Article
			if a.Text == "" || strings.ContainsAny(a.Text, "\r\x00") || a.ID == "" || a.Source == "" || strings.ToValidUTF8(a.Text, "") != a.Text {
				t.Fatalf("bad article %+v", a)
			}
		}
		if n == 0 {
			t.Fatal("neither an article nor an error")
		}
	})
}
