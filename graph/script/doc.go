// Package script gives Chinese text one alphabet: simplified characters and one form of each width and punctuation
// mark, with a map back to the text it came from.
//
// One code point always becomes one code point or none, so a span of folded text is a span of the stored text.
//
// What Fold does, in this order:
//
//   - Forms. Full-width letters, digits and signs become ASCII, half-width katakana and CJK signs their full forms; small and vertical
//     forms, compatibility ideographs and radicals (as copied from PDF) their plain characters. Circled,
//     superscript and Roman numerals stay: ①2 and 10² must not read as 12 and 102.
//   - Spaces. Tab, no-break, ideographic and typographic spaces become one plain space each; line and paragraph separators, vertical
//     tab and form feed become LF. Byte-order marks, zero-width characters, soft hyphens, direction marks, variation selectors
//     and control characters are dropped.
//   - Script. Text in which at least 1 % of the Chinese characters (two of them at least, one in a text of up to twenty) are never written in simplified text is
//     traditional and is converted by OpenCC's tables, longest match first, with 著 read as 着 where it is the particle. Simplified text is left as it is.
//   - Punctuation. Quotes: 「」 and 〝〞 become “”, 『』 become ‘’; straight double quotes become “ and ” by turns where a line has
//     an even number of them. Brackets: () become （）, square ones stay ASCII, 〔〕 and 【】 stay. Marks: , ; : ! ? next to a Chinese character or mark
//     become ，；：！？ and stay ASCII among letters and digits (15,000 and 11:00); ： between two digits becomes ":".
//     A full stop that ends Chinese words becomes 。. Dashes: ― and ─ become —; every hyphen and minus becomes "-"; every wave becomes "~"; every middle dot becomes ·;
//     ⋯ becomes …; ○ inside a Chinese numeral becomes 〇.
package script

// Script is how Chinese is written; its values are those an article's script attribute holds.
type Script string

const (
	Simplified  Script = "simplified"
	Traditional Script = "traditional"
)
