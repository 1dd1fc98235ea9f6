package article

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// frontMatter splits a Markdown file into metadata and text. Without front matter the whole file is text. Line is the
// line of an error, 0 if unknown.
func frontMatter(s string) (m metadata, text string, line int, err error) {
	s = normalise(s)
	first, rest, ok := strings.Cut(s, "\n")
	if !ok || strings.TrimRight(first, " \t") != "---" {
		return m, s, 0, nil
	}
	end := frontEnd.FindStringIndex(rest)
	if end == nil {
		return m, "", 1, errors.New("front matter begins with --- but has no closing --- line")
	}
	text = rest[end[1]:]
	var doc yaml.Node
	if err := yaml.NewDecoder(bytes.NewReader([]byte(rest[:end[0]]))).Decode(&doc); err != nil && strings.TrimSpace(rest[:end[0]]) != "" {
		line, reason := yamlReason(err)
		return m, "", line, fmt.Errorf("front matter is not valid YAML: %s", reason)
	}
	if len(doc.Content) == 0 {
		return m, text, 0, nil
	}
	top := doc.Content[0]
	if top.Kind != yaml.MappingNode {
		return m, "", 2, errors.New("front matter must be lines of the form name: value")
	}
	for i := 0; i+1 < len(top.Content); i += 2 {
		key, v := top.Content[i], top.Content[i+1]
		if v.Kind == yaml.AliasNode {
			v = v.Alias
		}
		if v.Tag == "!!null" {
			continue
		}
		var dst *string
		switch strings.ToLower(key.Value) {
		case "id":
			dst = &m.id
		case "title":
			dst = &m.title
		case "outlet":
			dst = &m.outlet
		case "url":
			dst = &m.url
		case "published", "date":
			if m.published != "" && strings.ToLower(key.Value) == "date" {
				continue // published is the plainer word
			}
			dst = &m.published
		case "authors", "author":
			switch v.Kind {
			case yaml.ScalarNode:
				m.authors = splitNames(v.Value)
			case yaml.SequenceNode:
				m.authors = nil
				for _, n := range v.Content {
					if n.Kind != yaml.ScalarNode {
						return m, "", n.Line + 1, errors.New("authors: must be a name or a list of names")
					}
					m.authors = append(m.authors, n.Value)
				}
			default:
				return m, "", v.Line + 1, errors.New("authors: must be a name or a list of names")
			}
			continue
		default:
			continue
		}
		if v.Kind != yaml.ScalarNode {
			return m, "", v.Line + 1, fmt.Errorf("%s: must be text", key.Value)
		}
		*dst = v.Value
	}
	return m, text, 0, nil
}

var (
	frontEnd = regexp.MustCompile(`(?m)^(?:---|\.\.\.)[ \t]*$\n?`)
	yamlLine = regexp.MustCompile(`^yaml: line (\d+): `)
)

// yamlReason takes the line out of a YAML error and counts it in the file, where front matter begins in line 2.
func yamlReason(err error) (int, string) {
	s := err.Error()
	if m := yamlLine.FindStringSubmatch(s); m != nil {
		return atoi(m[1]) + 1, s[len(m[0]):]
	}
	return 0, strings.TrimPrefix(s, "yaml: ")
}
