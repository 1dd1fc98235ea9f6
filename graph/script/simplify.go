package script

import "strings"

// simplify converts traditional characters in place, longest phrase first. With all unset, a character that simplified text
// may hold too (乾, 徵) is left alone outside of a phrase.
func simplify(rs []rune, all bool) {
	t := load()
	for i := 0; i < len(rs); {
		r := rs[i]
		if !isHan(r) {
			i++
			continue
		}
		if list := t.phrases[r]; list != nil {
			if p := longest(list, rs[i:]); p != nil {
				copy(rs[i:], p.to)
				i += len(p.to)
				continue
			}
		}
		if to := t.sure.get(r); to != 0 {
			rs[i] = to
		} else if to := t.shared.get(r); to != 0 && all {
			rs[i] = to
		}
		i++
	}
	if all {
		particle(rs)
	}
}

func longest(list []phrase, rs []rune) *phrase {
next:
	for k := range list {
		from := list[k].from
		if len(from) > len(rs) {
			continue
		}
		for j, r := range from {
			if rs[j] != r {
				continue next
			}
		}
		return &list[k]
	}
	return nil
}

// Words in which 著 is zhù (to write, known) and stays; anywhere else in traditional text it is the particle or verb 着, which mainland
// spelling writes apart. keptBefore lists what stands before 著, with the characters that make another word of it;
// keptAfter what follows it, likewise.
var (
	keptBefore = map[rune]string{
		'显': "彰凸突尽", // 显著, but 彰显著成效 is 彰显着
		'名': "点报闻命", '巨': "", '专': "", '论': "讨议谈争评", '编': "改", '合': "结融混配集符适联组整", '原': "还",
		'译': "翻", '昭': "", '卓': "", '遗': "", '拙': "", '所': "", '较': "", '炳': "",
	}
	keptAfter = map[rune]string{'名': "穿戴", '作': "", '称': "", '述': "", '者': "随跟"}
)

// particle turns 著 into 着 in converted text where it does not mean to write or known.
func particle(rs []rune) {
	at := func(i int) rune {
		if i < 0 || i >= len(rs) {
			return 0
		}
		return rs[i]
	}
	for i, r := range rs {
		if r != '著' {
			continue
		}
		if not, ok := keptBefore[at(i-1)]; ok && !strings.ContainsRune(not, at(i-2)) {
			continue
		}
		if not, ok := keptAfter[at(i+1)]; ok && !strings.ContainsRune(not, at(i-1)) {
			continue
		}
		switch {
		case at(i-1) == '知' && at(i-2) == '微': // 见微知著
		case at(i-1) == '土' && !strings.ContainsRune("本国乡领黄", at(i-2)): // 土著
		case at(i+1) == '书' && at(i+2) == '立': // 著书立说
		case at(i+1) == '有' && (at(i+2) == '《' || at(i+2) == '“'): // 著有《…》
		default:
			rs[i] = '着'
		}
	}
}

// Simplify converts a name or query term to simplified characters and alters nothing else. A term that could itself be
// simplified (乾县, 魏徵) stays; phrases and terms with one character that is surely traditional are converted whole.
func Simplify(s string) string {
	rs := []rune(s)
	t := load()
	all := false
	for _, r := range rs {
		if t.sure.get(r) != 0 {
			all = true
			break
		}
	}
	simplify(rs, all)
	return string(rs)
}
