package extract

import (
	"math"
	"strconv"
	"strings"
)

// numHit is a number with what follows it.
type numHit struct {
	span           // digits, multiplier, 余 and unit
	value  float64 // as written before the multiplier: 1.6 of 1.6亿元
	unit   string  // multiplier and measure word: 亿元
	approx bool
	// whole is the value with its multiplier, for counts.
	whole   float64
	ordinal bool // 第3位
	percent bool
	digits  span
}

// chineseDigits are the numerals that the annotated unit may follow.
var chineseDigits = map[rune]float64{'〇': 0, '零': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}

// chineseNumber reads a Chinese numeral below 10,000 at i: 三十二, 十, 两百.
func chineseNumber(r []rune, i, end int) (value float64, n int) {
	total, part, any := 0.0, -1.0, false
	for ; i+n < end; n++ {
		c := r[i+n]
		if v, ok := chineseDigits[c]; ok {
			if part >= 0 && c != '零' && c != '〇' {
				if any {
					break
				}
				return 0, 0 // a row of digits is a year or a code
			}
			part = v
			continue
		}
		unit := 0.0
		switch c {
		case '十':
			unit = 10
		case '百':
			unit = 100
		case '千':
			unit = 1000
		}
		if unit == 0 {
			break
		}
		if part < 0 {
			if unit != 10 {
				break
			}
			part = 1
		}
		total += part * unit
		part, any = -1, true
	}
	if n == 0 {
		return 0, 0
	}
	if part > 0 {
		total += part
	}
	return total, n
}

// measureWords may follow a number; longest first where one begins another.
var measureWords = []string{
	"个百分点", "百分点", "周岁", "亩次", "卷", "公里", "平方公里", "平方米", "立方米", "公顷", "千瓦时", "千瓦", "人次", "轮次", "批次", "户次", "小时", "分钟", "工作日", "个工作日", "个月", "季度",
	"美元", "欧元", "港元", "元", "分钱", "块钱", "角",
	"%", "‰", "倍", "成", "番",
	"个", "项", "条", "家", "户", "人", "名", "位", "件", "篇", "次", "轮", "批", "类", "种", "处", "所", "座", "栋", "套", "台", "辆", "艘", "架", "张", "份", "本", "部", "场", "期", "届", "级", "层", "间", "支", "队", "门", "颗", "枚", "亩", "吨", "公斤", "斤", "米", "度", "年", "天", "日", "周", "月", "岁", "道", "片", "宗", "单", "村", "县", "市", "区", "镇", "乡", "国", "省", "步", "环", "对", "款", "幅", "床", "只", "头", "株", "棵", "根", "枝", "笔", "幢", "档", "大",
}

var measureByFirst = func() map[rune][]string {
	m := map[rune][]string{}
	for _, w := range measureWords {
		r := []rune(w)[0]
		m[r] = append(m[r], w)
	}
	for _, list := range m {
		for i := range list {
			for j := i + 1; j < len(list); j++ {
				if len(list[j]) > len(list[i]) {
					list[i], list[j] = list[j], list[i]
				}
			}
		}
	}
	return m
}()

// findNumbers finds the numbers of a sentence with their units.
func findNumbers(d *doc) {
	for _, s := range d.sents {
		for i := s.start; i < s.end; {
			n := d.number(i, s.end)
			if n.len() == 0 {
				i++
				continue
			}
			d.nums = append(d.nums, n)
			i = n.end
		}
	}
}

func (d *doc) number(i, end int) numHit {
	r := d.r
	start := i
	var h numHit
	switch {
	case digit(r[i]):
		if i > 0 && (letter(r[i-1]) || digit(r[i-1]) || r[i-1] == '.' || r[i-1] == '+') {
			return h
		}
		j := i
		for j < end && (digit(r[j]) || (r[j] == '.' || r[j] == ',') && j+1 < end && digit(r[j+1])) {
			j++
		}
		if j < end && (letter(r[j]) || r[j] == '+') {
			return h
		}
		v, err := strconv.ParseFloat(strings.ReplaceAll(string(r[i:j]), ",", ""), 64)
		if err != nil || math.IsInf(v, 0) {
			return h
		}
		h.value, h.digits, i = v, span{start, j}, j
	default:
		if h := d.fraction(i, end); h.len() > 0 {
			return h
		}
		if r[i] == '上' && i+1 < end && (r[i+1] == '万' || r[i+1] == '千' || r[i+1] == '百' || r[i+1] == '亿') { // 上万栋
			h.value, h.approx, h.digits, i = 1, true, span{start, start + 1}, i+1
			break
		}
		v, n := chineseNumber(r, i, end)
		if n == 0 {
			return h
		}
		h.value, h.digits, i = v, span{start, start + n}, i+n
	}
	// 约180余项, 超过, 近
	for _, w := range approxBefore {
		if d.before(start, w) {
			h.approx = true
			break
		}
	}
	h.ordinal = start > 0 && (r[start-1] == '第' || r[start-1] == '前' && !d.before(start, "之前") && !d.before(start, "目前"))
	mult, unit := 1.0, ""
	grow := func() {
		if i < end && (r[i] == '余' || r[i] == '多') && i > start {
			h.approx = true
			i++
		}
	}
	grow()
	for i < end {
		switch r[i] {
		case '万':
			mult *= 1e4
		case '亿':
			mult *= 1e8
		case '千', '百':
			if !digit(r[i-1]) && mult == 1 && !h.approx {
				goto done
			}
			if r[i] == '千' {
				mult *= 1e3
			} else {
				mult *= 1e2
			}
		default:
			goto done
		}
		unit += string(r[i])
		i++
		grow()
	}
done:
	// 上万 is 10,000, not 1 of a unit 万.
	word := ""
	if i < end {
		for _, w := range measureByFirst[r[i]] {
			if d.at(i, w) && i+len([]rune(w)) <= end {
				word = w
				break
			}
		}
	}
	i += len([]rune(word))
	if word != "" && i < end && (r[i] == '余' || r[i] == '多') {
		h.approx = true
		i++
	}
	if strings.HasSuffix(word, "百分点") || word == "%" || word == "‰" {
		h.percent = true
	}
	if r[start] == '上' {
		h.value, unit = mult, ""
		mult = 1
	}
	if i+1 < end && (d.at(i, "以上") || d.at(i, "左右") || d.at(i, "以下")) {
		h.approx = true
	}
	h.unit = unit + word
	h.whole = h.value * mult
	h.span = span{start, i}
	return h
}

// fraction reads a share in words at i: 三分之一, 百分之六十, 一半.
func (d *doc) fraction(i, end int) numHit {
	of, n := chineseNumber(d.r, i, min(end, i+4))
	switch {
	case d.at(i, "百分之"):
		of, n = 100, 1
	case d.at(i, "一半"), d.at(i, "半数"):
		if d.rune(i+2) != '的' && !d.at(i+2, "以上") && !d.at(i+2, "左右") && d.rune(i-1) != '的' && d.rune(i-1) != '超' && d.rune(i-1) != '近' && d.rune(i-1) != '过' && d.rune(i-1) != '占' {
			return numHit{}
		}
		return numHit{span: span{i, i + 2}, digits: span{i, i + 2}, value: 50, whole: 50, unit: "%", percent: true, approx: true}
	}
	if n == 0 || of == 0 || !d.at(i+n, "分之") {
		return numHit{}
	}
	at := i + n + 2
	part, m := chineseNumber(d.r, at, min(end, at+4))
	if m == 0 && digit(d.rune(at)) {
		for digit(d.rune(at+m)) && m < 4 {
			part = part*10 + float64(d.r[at+m]-'0')
			m++
		}
	}
	if m == 0 || part > of {
		return numHit{}
	}
	h := numHit{span: span{i, at + m}, digits: span{i, at + m}, value: part, unit: "%", percent: true, approx: d.at(at+m, "以上") || d.at(at+m, "左右") || d.at(at+m, "多")}
	if of != 100 {
		h.value, h.unit = math.Round(part/of*1000)/1000, "比例"
	}
	h.whole = h.value
	for _, w := range approxBefore {
		h.approx = h.approx || d.before(i, w)
	}
	return h
}

var approxBefore = []string{"约", "近", "超", "超过", "突破", "逾", "达到近", "将近", "大约", "不到", "高于", "不少于", "至少"}
