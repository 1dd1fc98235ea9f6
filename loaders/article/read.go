package article

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/transform"

	"reformgraph/graph"
)

// Formats lists the values of Options.Format and of ReadFrom's format.
var Formats = []string{"txt", "md", "html", "json", "ndjson"}

var formatOf = map[string]string{
	".txt": "txt", ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".json": "json", ".ndjson": "ndjson", ".jsonl": "ndjson",
}

// Read reads the articles of the paths in order: files, folders (with all below them, by name, without hidden files and unknown
// extensions) and "-" for Options.Stdin. It yields an item or an *Error for each article; when the context ends, its error and nothing more.
func Read(ctx context.Context, paths []string, o Options) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		for _, p := range paths {
			if !readPath(ctx, p, o, yield) {
				return
			}
		}
	}
}

// ReadFrom reads the articles of one stream called source, in one of Formats; "" finds the format out.
func ReadFrom(ctx context.Context, source string, r io.Reader, format string, o Options) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		(&reader{ctx: ctx, source: source, o: o, yield: yield}).stream(r, format)
	}
}

func readPath(ctx context.Context, path string, o Options, yield func(Item, error) bool) bool {
	if path == "-" {
		in := o.Stdin
		if in == nil {
			in = os.Stdin
		}
		return (&reader{ctx: ctx, source: "-", o: o, yield: yield}).stream(in, o.Format)
	}
	info, err := os.Stat(path)
	if err != nil {
		return yield(Item{}, &Error{Source: path, Reason: reasonOf(err), Err: err})
	}
	if !info.IsDir() {
		return readFile(ctx, path, o, yield)
	}
	found := false
	more := true
	err = filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			if !yield(Item{}, &Error{Source: p, Reason: reasonOf(err), Err: err}) {
				more = false
				return fs.SkipAll
			}
			return nil
		}
		if p != path && strings.HasPrefix(d.Name(), ".") {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			return nil
		}
		if format, _ := formatByName(p); format == "" {
			o.note(p, "passed over: not a kind of file that holds articles (%s)", strings.Join(slices.Sorted(keys(formatOf)), ", "))
			return nil
		}
		if d.Type()&fs.ModeSymlink != 0 {
			if to, err := os.Stat(p); err == nil && to.IsDir() {
				o.note(p, "passed over: a link to a folder; name that folder itself")
				return nil
			}
		}
		found = true
		if !readFile(ctx, p, o, yield) {
			more = false
			return fs.SkipAll
		}
		return nil
	})
	if more && err != nil {
		return yield(Item{}, &Error{Source: path, Reason: reasonOf(err), Err: err})
	}
	if more && !found {
		o.note(path, "no article in this folder")
	}
	return more
}

func keys(m map[string]string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// formatByName gives the format of a file's extension, "" if unknown, and whether .gz stands behind it.
func formatByName(path string) (format string, zipped bool) {
	name := strings.ToLower(path)
	if rest, ok := strings.CutSuffix(name, ".gz"); ok {
		name, zipped = rest, true
	}
	return formatOf[filepath.Ext(name)], zipped
}

func readFile(ctx context.Context, path string, o Options, yield func(Item, error) bool) bool {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() && info.Mode()&(fs.ModeNamedPipe|fs.ModeCharDevice) == 0 {
		err = errors.New("neither a file nor a folder")
	}
	var f *os.File
	if err == nil {
		f, err = os.Open(path)
	}
	if err != nil {
		return yield(Item{}, &Error{Source: path, Reason: reasonOf(err), Err: err})
	}
	defer f.Close()
	format, _ := formatByName(path)
	return (&reader{ctx: ctx, source: path, o: o, yield: yield}).stream(f, format)
}

func reasonOf(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "no such file or folder"
	case errors.Is(err, fs.ErrPermission):
		return "no permission to read it"
	}
	return err.Error()
}

// reader reads one file or stream.
type reader struct {
	ctx    context.Context
	source string
	o      Options
	yield  func(Item, error) bool
	utf8   bool // a stream of JSON is in UTF-8
}

// stream reads all articles of r; false means stop altogether.
func (rd *reader) stream(r io.Reader, format string) bool {
	if err := rd.ctx.Err(); err != nil {
		rd.yield(Item{}, err)
		return false
	}
	br := bufio.NewReaderSize(r, sniffLen)
	if head, _ := br.Peek(2); bytes.Equal(head, []byte{0x1f, 0x8b}) {
		zr, err := gzip.NewReader(br)
		if err != nil {
			return rd.fail(0, "not a readable gzip file: "+err.Error(), err)
		}
		defer zr.Close()
		br = bufio.NewReaderSize(zr, sniffLen)
	}
	head, err := br.Peek(sniffLen)
	if err != nil && err != io.EOF {
		return rd.fail(0, "cannot be read: "+reasonOf(err), err)
	}
	if len(head) == 0 {
		return rd.fail(0, "empty file", nil)
	}
	if what := magic(head); what != "" {
		return rd.fail(0, "binary file ("+what+"), not text; convert it to text first", nil)
	}
	if format == "" {
		format = sniffFormat(head)
	}
	switch format {
	case "json", "ndjson":
		enc, err := detect(head, err == nil)
		if err != nil {
			return rd.fail(0, err.Error(), nil)
		}
		rd.utf8 = enc == nil
		dr := br
		if enc != nil {
			dr = bufio.NewReaderSize(transform.NewReader(br, enc.NewDecoder()), sniffLen)
		}
		if bom, _ := dr.Peek(3); string(bom) == "\ufeff" {
			dr.Discard(3)
		}
		if format == "json" {
			return rd.json(dr)
		}
		return rd.ndjson(dr)
	case "txt", "md", "html":
		raw, err := io.ReadAll(io.LimitReader(br, maxRaw+1))
		if err != nil {
			return rd.fail(0, "cannot be read: "+reasonOf(err), err)
		}
		if len(raw) > maxRaw {
			return rd.fail(0, tooLong, nil)
		}
		return rd.whole(raw, format)
	}
	return rd.fail(0, fmt.Sprintf("unknown format %q; known are %s", format, strings.Join(Formats, ", ")), nil)
}

const tooLong = "text over 5 MiB; split it into its articles"

// whole reads a file that is one article.
func (rd *reader) whole(raw []byte, format string) bool {
	var text string
	var err error
	var m metadata
	if format == "html" {
		var bad int
		text, bad, err = decodeHTML(raw)
		if bad > 0 {
			rd.o.note(rd.source, "%d characters cannot be decoded and are kept as U+FFFD", bad)
		}
	} else {
		text, err = decodeText(raw)
	}
	if err != nil {
		return rd.fail(0, err.Error(), nil)
	}
	switch format {
	case "md":
		var line int
		m, text, line, err = frontMatter(text)
		if err != nil {
			return rd.fail(line, err.Error(), nil)
		}
	case "html":
		m, text, err = page(text)
		if err != nil {
			return rd.fail(0, err.Error(), err)
		}
		if !hasText(text) {
			return rd.fail(0, "HTML without text", nil)
		}
	}
	return rd.emit(m, text, 0)
}

// emit checks one article and hands it on. Line is 0 if it is the whole file.
func (rd *reader) emit(m metadata, text string, line int) bool {
	if err := rd.ctx.Err(); err != nil {
		rd.yield(Item{}, err)
		return false
	}
	text = normalise(text)
	source := rd.source
	if line > 0 {
		source = fmt.Sprintf("%s:%d", rd.source, line)
	}
	switch {
	case len(text) > MaxText:
		return rd.fail(line, tooLong, nil)
	case !hasText(text):
		return rd.fail(line, "no text: nothing but white space and signs", nil)
	case strings.ContainsRune(text, 0):
		return rd.fail(line, "text holds a NUL character; it was not decoded rightly where it comes from", nil)
	case damaged(text):
		return rd.fail(line, "text is damaged: more than one character in a hundred is U+FFFD, so it was decoded wrongly before", nil)
	}
	a := graph.Article{Source: source, Text: text}
	if err := m.fill(&a); err != nil {
		return rd.fail(line, err.Error(), nil)
	}
	if err := CheckDate(a.Published, rd.o.Today); err != nil {
		return rd.fail(line, err.Error(), nil)
	}
	a.ID = graph.ArticleID(m.id, m.url, text)
	return rd.yield(Item{Article: a, ByText: m.id == "" && m.url == ""}, nil)
}

func (rd *reader) fail(line int, reason string, cause error) bool {
	return rd.yield(Item{}, &Error{Source: rd.source, Line: line, Reason: reason, Err: cause})
}

// normalise gives the stored form of a decoded text.
func normalise(text string) string {
	text = strings.TrimPrefix(text, "\ufeff")
	if strings.ContainsRune(text, '\r') {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	return strings.ToValidUTF8(text, "\ufffd")
}

func hasText(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0
}

func damaged(s string) bool {
	n := strings.Count(s, "\ufffd")
	return n > 0 && n*100 > len([]rune(s))
}
