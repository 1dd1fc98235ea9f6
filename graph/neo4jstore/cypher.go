package neo4jstore

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"reformgraph/graph"
)

// The server cannot stop one expression while it is evaluated, whatever the
// timeout: a fold over a long list holds a processor until it ends, a transaction
// that was terminated too. So the words of a statement are held to lists, beside
// its plan: an expression may only go through lists that are short.

// cypherFunctions are those that may be called, in lower case. Missing are those
// that make long lists or texts (range but in UNWIND, replace), fold them (reduce),
// and reach elsewhere.
var cypherFunctions = strings.Fields(`count sum avg min max collect stdev stdevp percentilecont percentiledisc
	coalesce head last size length id elementid labels type keys properties nodes relationships startnode endnode exists isempty
	tointeger tointegerornull tofloat tofloatornull toboolean tostring tostringornull tolower toupper trim ltrim rtrim substring left right
	char_length abs ceil floor round sign sqrt exp log log10 date datetime localdatetime duration duration.between duration.inmonths duration.indays
	date.truncate datetime.truncate point point.distance degree valuetype nullif shortestpath allshortestpaths`)

// cypherWords may stand before a parenthesis without being a function.
var cypherWords = strings.Fields(`match where and or xor not in return with call unwind when then else case by distinct limit skip offset contains
	is on as union all any none single shortest path paths group groups walk trail acyclic using optional exists count collect end asc desc yield
	create merge delete`)

// iterated are the functions whose list an expression may go through: they are as
// long as a path or a node is rich. Those of within are the shortest, and may be
// gone through for each element of another.
var (
	within   = []string{"labels", "keys"}
	iterated = append([]string{"nodes", "relationships"}, within...)
)

// maxPlus is how many additions a statement may hold: each may double a list or text.
const maxPlus = 8

// checkCypher holds the words of a statement to the lists.
func checkCypher(text string) error {
	refuse := func(format string, args ...any) error { return &graph.RefusedError{Rule: fmt.Sprintf(format, args...)} }
	if len(text) > graph.MaxStatement {
		return refuse("the statement is longer than %d bytes", graph.MaxStatement)
	}
	if strings.Contains(text, `\u`) || strings.Contains(text, `\U`) {
		return refuse(`\u escapes are not taken: write the character itself, or use a parameter`)
	}
	tokens, err := cypherTokens(text)
	if err != nil {
		return err
	}
	if len(tokens) == 0 {
		return &graph.InvalidError{Field: "statement", Reason: "is empty"}
	}
	at := func(i int) string {
		if i < 0 || i >= len(tokens) {
			return ""
		}
		return tokens[i].text
	}
	name := func(i int) bool { return i >= 0 && i < len(tokens) && tokens[i].name }
	plus := 0
	var open []int // where the lists end that are gone through at this point
	own := -1      // the IN of the last of them
	for i, t := range tokens {
		word := strings.ToLower(t.text)
		for len(open) > 0 && open[len(open)-1] <= i {
			open = open[:len(open)-1]
		}
		switch {
		case t.text == "~":
			return refuse("operator =~ is not on the list, since it cannot be stopped: use CONTAINS, STARTS WITH or ENDS WITH")
		case t.text == "+" || t.text == "|" && at(i+1) == "|":
			if plus++; plus > maxPlus {
				return refuse("there are more than %d additions", maxPlus)
			}
		case t.name && word == "load" && strings.EqualFold(at(i+1), "csv"):
			return refuse("clause LOAD CSV is not on the list")
		case t.name && word == "use" && name(i+1) && at(i-1) != "." && at(i-1) != ":" && at(i-1) != "$":
			return refuse("clause USE is not on the list: the database is fixed")
		case t.name && word == "call" && name(i+1):
			procedure, _ := dotted(tokens, i+1)
			if !slices.Contains(procedures, procedure) {
				return refuse("procedure %s is not on the list", procedure)
			}
		case t.name && at(i+1) == "(":
			function := strings.ToLower(endingAt(tokens, i))
			switch {
			case at(i-1) == ":" || at(i-1) == "&" || at(i-1) == "!" || at(i-1) == "$":
				return refuse("a label or parameter before a parenthesis is not taken")
			case function == "range":
				if !strings.EqualFold(at(i-1), "unwind") || !strings.EqualFold(at(closedAt(tokens, i+1)+1), "as") {
					return refuse("function range is on the list only as UNWIND range(…) AS x")
				}
			case slices.Contains([]string{"any", "all", "none", "single"}, function):
				if name(i+2) && strings.EqualFold(at(i+3), "in") {
					if err := short(tokens, i+4, len(open)); err != nil {
						return refuse("%s goes through %v", function, err)
					}
					open, own = append(open, closedAt(tokens, i+1)), i+3
				}
			case len(open) > 0 && strings.HasSuffix(function, "shortestpaths"), len(open) > 0 && function == "shortestpath":
				return refuse("function %s may not stand where a list is gone through", function)
			case slices.Contains(cypherFunctions, function):
			case slices.ContainsFunc(procedures, func(p string) bool { return strings.EqualFold(p, function) }):
			case !t.quoted && slices.Contains(cypherWords, function):
			default:
				return refuse("function %s is not on the list", function)
			}
		case t.text == "[" && name(i+1) && strings.EqualFold(at(i+2), "in"):
			if err := short(tokens, i+3, len(open)); err != nil {
				return refuse("a list comprehension goes through %v; else UNWIND the list", err)
			}
			open, own = append(open, closedAt(tokens, i)), i+2
		case len(open) > 0 && t.name && !t.quoted && word == "in" && i != own && at(i+1) != "$" && at(i+1) != "[":
			return refuse("where a list is gone through, IN may only look into a parameter or a list that is written out")
		}
	}
	return nil
}

// short returns what is wrong with the list that begins at a token, within so many
// others that are gone through: it must be that of one of a few functions.
func short(tokens []cypherToken, i, depth int) error {
	allowed := iterated
	if depth > 0 {
		allowed = within
	}
	text := func(i int) string {
		if i >= len(tokens) {
			return ""
		}
		return strings.ToLower(tokens[i].text)
	}
	next := text(i + 4) // nothing may be added to the list
	switch {
	case depth > 1:
		return errors.New("a list within a list within a list")
	case !slices.Contains(allowed, text(i)) || text(i+1) != "(" || i+2 >= len(tokens) || !tokens[i+2].name || text(i+3) != ")",
		next != "]" && next != "|" && next != ")" && next != "where":
		return fmt.Errorf("a list that may be long: only %s of something may stand here", strings.Join(allowed, ", "))
	}
	return nil
}

// dotted reads a name of several parts.
func dotted(tokens []cypherToken, i int) (name string, next int) {
	name = tokens[i].text
	for i++; i+1 < len(tokens) && tokens[i].text == "." && tokens[i+1].name; i += 2 {
		name += "." + tokens[i+1].text
	}
	return name, i
}

// endingAt reads a name of several parts from its last.
func endingAt(tokens []cypherToken, i int) string {
	name := tokens[i].text
	for ; i >= 2 && tokens[i-1].text == "." && tokens[i-2].name; i -= 2 {
		name = tokens[i-2].text + "." + name
	}
	return name
}

// closedAt returns where the bracket at a token is closed.
func closedAt(tokens []cypherToken, i int) int {
	depth := 0
	for ; i < len(tokens); i++ {
		switch tokens[i].text {
		case "(", "[", "{":
			depth++
		case ")", "]", "}":
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return i
}

// cypherToken is a name, or one other character. Texts are left out, but for their
// quotation mark.
type cypherToken struct {
	text   string
	name   bool
	quoted bool // by backquotes
}

func cypherTokens(text string) (out []cypherToken, err error) {
	unended := func(what string) error {
		return &graph.InvalidError{Field: "statement", Reason: what + " has no end"}
	}
	r := []rune(text)
	for i := 0; i < len(r); {
		c := r[i]
		next := rune(0)
		if i+1 < len(r) {
			next = r[i+1]
		}
		switch {
		case unicode.IsSpace(c) || unicode.IsControl(c):
			i++
		case c == '/' && next == '/':
			for i < len(r) && r[i] != '\n' && r[i] != '\r' {
				i++
			}
		case c == '/' && next == '*':
			end := strings.Index(string(r[i+2:]), "*/")
			if end < 0 {
				return nil, unended("a comment")
			}
			i += 2 + len([]rune(string(r[i+2:])[:end])) + 2
		case c == '\'' || c == '"':
			for i++; i < len(r) && r[i] != c; i++ {
				if r[i] == '\\' {
					i++
				}
			}
			if i >= len(r) {
				return nil, unended("a text")
			}
			out = append(out, cypherToken{text: string(c)})
			i++
		case c == '`':
			var name []rune
			for i++; ; i++ {
				if i >= len(r) {
					return nil, unended("a quoted name")
				}
				if r[i] == '`' {
					if i+1 < len(r) && r[i+1] == '`' {
						i++
					} else {
						break
					}
				}
				name = append(name, r[i])
			}
			out = append(out, cypherToken{string(name), true, true})
			i++
		case unicode.IsLetter(c) || c == '_' || unicode.IsDigit(c):
			start := i
			for i < len(r) && (unicode.IsLetter(r[i]) || unicode.IsDigit(r[i]) || unicode.IsMark(r[i]) || unicode.Is(unicode.Pc, r[i])) {
				i++
			}
			out = append(out, cypherToken{string(r[start:i]), !unicode.IsDigit(c), false})
		default:
			out = append(out, cypherToken{text: string(c)})
			i++
		}
	}
	return out, nil
}
