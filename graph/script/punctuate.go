package script

// punctuate gives the marks of Chinese text one form each, in place, by what stands beside them.
func punctuate(rs []rune) {
	for i, r := range rs {
		switch r {
		case ',', ';', ':', '!', '?':
			prev, next := before(rs, i), after(rs, i)
			if chinese(prev) || chinese(next) || prev == '%' {
				rs[i] = fullWidth(r)
			}
		case '：':
			if i > 0 && i+1 < len(rs) && digit(rs[i-1]) && digit(rs[i+1]) {
				rs[i] = ':'
			}
		case '.':
			if i > 0 && chinese(rs[i-1]) && (i+1 == len(rs) || rs[i+1] != '.' && !alphanumeric(rs[i+1])) {
				rs[i] = '。'
			}
		case '○':
			if i > 0 && numeral(rs[i-1]) {
				rs[i] = '〇'
			}
		case '"':
			quoteLine(rs, i)
		}
	}
}

// quoteLine pairs the straight double quotes from i, the first of its line, to the line's end. With an odd number of them nobody
// can tell opening from closing, so they stay.
func quoteLine(rs []rune, i int) {
	n := 0
	end := i
	for ; end < len(rs) && rs[end] != '\n'; end++ {
		if rs[end] == '"' {
			n++
		}
	}
	if n%2 != 0 {
		return
	}
	open := true
	for k := i; k < end; k++ {
		if rs[k] == '"' {
			if open {
				rs[k] = '“'
			} else {
				rs[k] = '”'
			}
			open = !open
		}
	}
}

// before and after give the nearest character that is not a space on the same line, 0 if none.
func before(rs []rune, i int) rune {
	for i--; i >= 0 && rs[i] == ' '; i-- {
	}
	if i < 0 || rs[i] == '\n' {
		return 0
	}
	return rs[i]
}

func after(rs []rune, i int) rune {
	for i++; i < len(rs) && rs[i] == ' '; i++ {
	}
	if i == len(rs) || rs[i] == '\n' {
		return 0
	}
	return rs[i]
}

func fullWidth(r rune) rune { return r - 0x21 + 0xFF01 }

// chinese reports a Chinese character or a mark that only Chinese text has.
func chinese(r rune) bool {
	if isHan(r) {
		return true
	}
	switch r {
	case '，', '。', '、', '；', '：', '！', '？', '“', '”', '‘', '’', '（', '）', '《', '》', '〈', '〉', '【', '】', '〔', '〕', '—', '…', '·':
		return true
	}
	return false
}

func digit(r rune) bool { return r >= '0' && r <= '9' }

func alphanumeric(r rune) bool { return digit(r) || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func numeral(r rune) bool {
	switch r {
	case '〇', '零', '一', '二', '三', '四', '五', '六', '七', '八', '九':
		return true
	}
	return false
}
