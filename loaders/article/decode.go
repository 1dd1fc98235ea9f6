package article

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	xunicode "golang.org/x/text/encoding/unicode"

	"reformgraph/graph/script"
)

// sniffLen is how much of a file is looked at to find out its format and encoding, in bytes.
const sniffLen = 64 << 10

var (
	utf16LE = xunicode.UTF16(xunicode.LittleEndian, xunicode.IgnoreBOM)
	utf16BE = xunicode.UTF16(xunicode.BigEndian, xunicode.IgnoreBOM)
)

// magic names the kind of a binary file by its first bytes, "" if they may be text.
func magic(b []byte) string {
	for _, m := range []struct{ sign, name string }{
		{"%PDF-", "PDF"}, {"PK\x03\x04", "ZIP, such as .docx"}, {"\xd0\xcf\x11\xe0", "old Office file"}, {"\x89PNG", "PNG image"},
		{"\xff\xd8\xff", "JPEG image"}, {"GIF8", "GIF image"}, {"RIFF", "RIFF media"}, {"\x7fELF", "ELF program"}, {"SQLite format 3\x00", "SQLite database"},
		{"{\\rtf", "RTF"}, {"BZh", "bzip2"}, {"\xfd7zXZ", "xz"}, {"\x28\xb5\x2f\xfd", "zstd"}, {"7z\xbc\xaf", "7-Zip"}, {"Rar!", "RAR"},
	} {
		if bytes.HasPrefix(b, []byte(m.sign)) {
			return m.name
		}
	}
	return ""
}

var (
	errBinary      = errors.New("binary file, not text; convert it to text first")
	errUndecodable = errors.New("cannot be decoded: the bytes are not valid as a whole in UTF-8, UTF-16, GB18030 or Big5")
)

// detect finds the encoding of b, nil meaning UTF-8; cut tells that b is only the beginning of a text.
func detect(b []byte, cut bool) (encoding.Encoding, error) {
	switch {
	case bytes.HasPrefix(b, []byte("\ufeff")):
		return nil, nil
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}):
		return utf16LE, nil
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		return utf16BE, nil
	}
	good, bad := utf8Sequences(b, cut)
	if bytes.IndexByte(b, 0) >= 0 {
		// No text in another of the encodings holds a NUL; UTF-16 has one in each ASCII character.
		if e := best(b, cut, utf16LE, utf16BE); e != nil {
			return e, nil
		}
		return nil, errBinary
	}
	switch {
	case controls(b)*50 > len(b):
		return nil, errBinary
	case bad == 0:
		return nil, nil
	case good > 10*bad:
		return nil, nil // UTF-8 with damage, which is refused where it stands
	}
	if e := best(b, cut, simplifiedchinese.GB18030, traditionalchinese.Big5, utf16LE, utf16BE); e != nil {
		return e, nil
	}
	return nil, errUndecodable
}

// utf8Sequences counts the well-formed characters beyond ASCII and the bytes that belong to none.
func utf8Sequences(b []byte, cut bool) (good, bad int) {
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		switch {
		case r != utf8.RuneError || n > 1:
			good++
		case cut && !utf8.FullRune(b[i:]):
			return good, bad
		default:
			bad++
		}
		i += n
	}
	return good, bad
}

func controls(b []byte) int {
	n := 0
	for _, c := range b {
		if c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v' && c != 0x1b || c == 0x7f {
			n++
		}
	}
	return n
}

// best gives the encoding in which b decodes whole and reads most like Chinese, nil if none does or none reads at all like it.
func best(b []byte, cut bool, list ...encoding.Encoding) encoding.Encoding {
	var found encoding.Encoding
	top := 0.3 // random bytes that decode stay below; a text of rare characters alone may, too
	for _, e := range list {
		s, ok := strict(b, cut, e)
		if !ok {
			continue
		}
		if p := plausibility(s); p > top {
			found, top = e, p
		}
	}
	return found
}

// strict decodes b and reports whether every byte belonged to a character. A cut text may end inside one.
func strict(b []byte, cut bool, e encoding.Encoding) (string, bool) {
	for drop := 0; ; drop++ {
		out, err := e.NewDecoder().Bytes(b[:len(b)-drop])
		if err == nil && !bytes.Contains(out, []byte("\ufffd")) {
			return string(out), true
		}
		if !cut || drop == 3 || drop == len(b) {
			return "", false
		}
	}
}

// plausibility is the share of characters that a Chinese text is full of: frequent ones, common marks and printable ASCII; minus the
// share that it has none of. At most 4,000 characters are looked at.
func plausibility(s string) float64 {
	n, common, odd := 0, 0, 0
	for _, r := range script.Simplify(head(s, 4000)) {
		n++
		switch {
		case frequent[r] || r == '\n' || r >= 0x20 && r < 0x7f:
			common++
		case r < 0x20 && r != '\t' && r != '\r' || r >= 0x7f && r < 0xa0 || unicode.Is(unicode.Co, r) || !unicode.IsPrint(r) && !unicode.IsSpace(r):
			odd++
		}
	}
	if n == 0 || odd*20 > n {
		return 0
	}
	return float64(common-odd)/float64(n) + 1e-9
}

// head cuts a text after n characters.
func head(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// decodeText decodes a whole text file, strictly.
func decodeText(raw []byte) (string, error) {
	e, err := detect(raw, false)
	if err != nil {
		return "", err
	}
	if e == nil {
		if !utf8.Valid(raw) {
			line := 1 + bytes.Count(raw[:firstInvalid(raw)], []byte("\n"))
			return "", fmt.Errorf("cannot be decoded: UTF-8 with bytes that are not valid, first in line %d", line)
		}
		return string(raw), nil
	}
	s, ok := strict(raw, false, e)
	if !ok {
		return "", errUndecodable
	}
	return s, nil
}

func firstInvalid(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(b)
}

var metaCharset = regexp.MustCompile(`(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_\-]+)`)

// decodeHTML decodes a page by byte-order mark, else by its declaration if it holds, else by its bytes. A page that is declared may have some
// undecodable characters, one in a thousand, as pages put together from several sources do; bad counts them.
func decodeHTML(raw []byte) (text string, bad int, err error) {
	switch {
	case bytes.HasPrefix(raw, []byte("\ufeff")), bytes.HasPrefix(raw, []byte{0xff, 0xfe}), bytes.HasPrefix(raw, []byte{0xfe, 0xff}):
		s, err := decodeText(raw)
		return s, 0, err
	}
	if m := metaCharset.FindSubmatch(raw[:min(len(raw), sniffLen)]); m != nil {
		if e, name := charset.Lookup(string(m[1])); e != nil && !strings.HasPrefix(name, "utf-16") {
			if name == "gbk" || name == "gb2312" {
				e = simplifiedchinese.GB18030
			}
			var s string
			if name == "utf-8" {
				s = strings.ToValidUTF8(string(raw), "\ufffd")
			} else if out, err := e.NewDecoder().Bytes(raw); err == nil {
				s = string(out)
			}
			bad := strings.Count(s, "\ufffd")
			if s != "" && bad*1000 <= utf8.RuneCountInString(s) && strings.IndexByte(s, 0) < 0 {
				return s, bad, nil
			}
		}
	}
	s, err := decodeText(raw)
	return s, 0, err
}
