package extract

import "strings"

// functionWord reports characters that can end a name: particles, prepositions, conjunctions.
func functionWord(r rune) bool {
	return strings.ContainsRune("的了着在是和与及或被把从向对为由以于将让使给就都也又还而但则等到这那其并有个各每", r)
}

// contentWords are words of two characters in which such a character is none.
var contentWords = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`自由 国有 公有 私有 民有 共有 享有 对外 对口 对接 应对 和谐 和平 共和 饱和 温和 参与 从业 从事 服从 方向 导向 向好 作为 行为 为民 就业 就医 就诊 就近 成就
		都市 首都 成都 规则 准则 细则 原则 总则 个人 个体 各类 了解 着力 着眼 在线 存在 潜在 内在 普及 涉及 使用 大使 使命 给付 供给 补给 自给 将军 把关 把握 到位 到期 报到
		等级 同等 平等 高等 中等 初等 并购 合并 并联 并轨 返还 偿还 归还 还款 于都 以色 及时 个税 有偿 有关 持有 各地 以工 以下 以上 以内 以外`) {
		m[w] = true
	}
	return m
}()

// function reports that a function word stands at i, and not as part of a content word: 由 but not 自由.
func (d *doc) function(i int) bool {
	r := d.rune(i)
	if !functionWord(r) {
		return false
	}
	return !d.inContentWord(i)
}

// inContentWord says that the character at i is part of a content word.
func (d *doc) inContentWord(i int) bool {
	return i > 0 && contentWords[string(d.r[i-1:i+1])] || i+1 < len(d.r) && contentWords[string(d.r[i:i+2])]
}

func allHan(r []rune) bool {
	for _, c := range r {
		if !han(c) {
			return false
		}
	}
	return true
}

func hasFunction(r []rune) bool {
	for i, c := range r {
		if functionWord(c) && !(i > 0 && contentWords[string(r[i-1:i+1])]) && !(i+1 < len(r) && contentWords[string(r[i:i+2])]) {
			return true
		}
	}
	return false
}
