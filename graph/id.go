package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode/utf8"
)

// MaxNameRunes is the length at which NAME, the last part of an id, is cut.
const MaxNameRunes = 80

// idPrefixes gives the word in front of the colon in an id of each label.
var idPrefixes = map[Label]string{
	LabelArticle: "article", LabelPlace: "place", LabelInitiative: "initiative", LabelExperience: "experience",
	LabelPilot: "pilot", LabelLeader: "leader", LabelOrganization: "org", LabelRecognition: "recognition",
	LabelDocument: "document", LabelFigure: "figure",
}

var labelsByPrefix = func() map[string]Label {
	m := make(map[string]Label, len(idPrefixes))
	for l, p := range idPrefixes {
		m[p] = l
	}
	return m
}()

// PlaceID returns the id of a place: its GB/T 2260 code ("370300"), "CN", an
// ISO 3166 code of another country, or COUNTY/NAME for what lies below a county.
func PlaceID(code string) string { return "place:" + code }

// PlaceCode returns what follows "place:" in an id, or "" if it is no place.
func PlaceCode(id string) string {
	code, ok := strings.CutPrefix(id, "place:")
	if !ok {
		return ""
	}
	return code
}

// ScopedID returns the id of an initiative, pilot, organization, recognition or
// document: LABEL:PLACE:NAME. Place is a place code or "?"; name is used as it
// stands, cut at MaxNameRunes.
func ScopedID(l Label, placeCode, name string) string {
	return idPrefixes[l] + ":" + placeCode + ":" + CutName(name)
}

// ExperienceID returns the id of an experience of that name.
func ExperienceID(name string) string { return "experience:" + CutName(name) }

// FigureID returns the id of what is measured.
func FigureID(name string) string { return "figure:" + CutName(name) }

// LeaderID returns the id of the leader of that name whose first post named
// belongs to the place of that code.
func LeaderID(name, placeCode string) string { return "leader:" + CutName(name) + "@" + placeCode }

// ArticleID returns an article's id: its own one, else 16 hex digits of the
// SHA-256 of its url, else of its text.
func ArticleID(own, url, text string) string {
	switch {
	case own != "":
		return "article:" + own
	case url != "":
		return "article:" + shortHash(url)
	default:
		return "article:" + shortHash(text)
	}
}

func shortHash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:8])
}

// CutName cuts a name at MaxNameRunes code points.
func CutName(name string) string {
	if utf8.RuneCountInString(name) <= MaxNameRunes {
		return name
	}
	return string([]rune(name)[:MaxNameRunes])
}

// LabelOf returns the label that an id's prefix stands for; ok is false if the
// id has no known prefix or nothing behind it.
func LabelOf(id string) (l Label, ok bool) {
	prefix, rest, found := strings.Cut(id, ":")
	l, ok = labelsByPrefix[prefix]
	return l, ok && found && rest != ""
}

// Practice returns the NAME part of an initiative's id, its `practice`
// attribute, and the NAME of an experience; "" for any other id.
func Practice(id string) string {
	if rest, ok := strings.CutPrefix(id, "experience:"); ok {
		return rest
	}
	if rest, ok := strings.CutPrefix(id, "initiative:"); ok {
		if _, name, ok := strings.Cut(rest, ":"); ok {
			return name
		}
	}
	return ""
}
