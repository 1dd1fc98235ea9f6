// Package clean finds, from an article's stored text alone, what is article and what is the page around it: headline, by-line (outlet, date,
// authors) and body. The stored text is not changed; what is clutter is left out of the body's spans.
//
// The rules are those of the genre and stand in rules.tsv: parts of by-lines, lines that are clutter wherever they stand, lines with which
// the clutter after an article begins, and credits inside of lines. The order of work:
//
//  1. Every line of the folded text is classed: prose, short, by-line, signature, breadcrumb, clutter, or beginning of the tail.
//  2. The body is the largest run of prose that no tail line and no long list of links interrupts.
//  3. The by-line nearest before the body gives the date and outlet; the headline stands right before it.
//  4. Dateline (某报5月6日讯), signatures (记者 某某) and credits are read and cut off.
//
// Limits: a page without marks of its own (no by-line, no tail line) keeps up to three lines before the first sentence as headline; dates in Chinese
// numerals are read only in a line of their own; an editor is no author.
package clean
