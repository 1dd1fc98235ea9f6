package main

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// suffixes are the words that say what kind of division a name is, longest first.
var suffixes = []string{"特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "行政委员会", "自治区", "自治州", "自治县", "自治旗",
	"行政区", "地区", "林区", "特区", "矿区", "新区", "省", "市", "县", "区", "旗", "盟"}

// peoples end the names of autonomous divisions. Those without 族 are so written in some names; they are only
// removed before 自治, since 内蒙古 and the like keep theirs.
var peoples = []string{"蒙古族", "回族", "藏族", "维吾尔族", "苗族", "彝族", "壮族", "布依族", "朝鲜族", "满族", "侗族", "瑶族", "白族",
	"土家族", "哈尼族", "哈萨克族", "傣族", "黎族", "傈僳族", "佤族", "畲族", "高山族", "拉祜族", "水族", "东乡族", "纳西族", "景颇族",
	"柯尔克孜族", "土族", "达斡尔族", "仫佬族", "羌族", "布朗族", "撒拉族", "毛南族", "仡佬族", "锡伯族", "阿昌族", "普米族", "塔吉克族",
	"怒族", "乌孜别克族", "俄罗斯族", "鄂温克族", "德昂族", "保安族", "裕固族", "京族", "塔塔尔族", "独龙族", "鄂伦春族", "赫哲族",
	"门巴族", "珞巴族", "基诺族", "各族"}
var bare = []string{"蒙古", "哈萨克", "柯尔克孜", "锡伯", "塔吉克"}

// stem removes kind and peoples from a division's name: 恩施土家族苗族自治州 → 恩施. It is empty when fewer than two
// characters would be left (和县, 城区), or when the rest is no name (科尔沁左翼中).
func stem(name string) string {
	kind, rest := "", ""
	for _, s := range suffixes {
		if cut, ok := strings.CutSuffix(name, s); ok && utf8.RuneCountInString(cut) >= 2 {
			kind, rest = s, cut
			break
		}
	}
	if kind == "" {
		return ""
	}
	auto := strings.HasPrefix(kind, "自治") && kind != "自治区"
	for again := true; again; {
		again = false
		list := peoples
		if auto {
			list = slices.Concat(peoples, bare)
		}
		for _, p := range list {
			if cut, ok := strings.CutSuffix(rest, p); ok && utf8.RuneCountInString(cut) >= 2 {
				rest, again = cut, true
				break
			}
		}
	}
	if auto {
		rest = strings.TrimSuffix(rest, "族")
	}
	if utf8.RuneCountInString(rest) < 2 {
		return ""
	}
	if kind == "旗" && strings.ContainsAny(rest[len(rest)-3:], "左右前中后") {
		return ""
	}
	return rest
}

// shortNames lists what a division is called for short, its stem first.
func shortNames(name string) []string {
	s := stem(name)
	if s == "" {
		return nil
	}
	out := []string{s}
	if strings.HasSuffix(name, "自治州") {
		out = append(out, s+"州")
	}
	return out
}

// real says whether a listed name names a division. The lists also hold heads of groups (市辖区, 省直辖县级行政区划),
// the urban area as a statistical unit (市区), development zones and islands without a government of their own.
func real(code, name string) bool {
	switch name {
	case "市辖区", "县", "市", "市区", "规划控制区":
		return false
	}
	if strings.HasSuffix(code, "9000") || strings.Contains(name, "直辖") || strings.HasSuffix(name, "市市辖区") ||
		strings.HasSuffix(name, "开发区") || strings.HasSuffix(name, "管理区") ||
		strings.HasSuffix(code, "20") && strings.HasSuffix(name, "市区") {
		return false
	}
	if strings.HasPrefix(code, "83") || strings.HasPrefix(code, "66") {
		return false
	}
	switch code[:2] {
	case "71", "81", "82":
		return code[2:] == "0000"
	case "11", "12", "31", "50":
		if code[4:] == "00" && code[2:] != "0000" {
			return false
		}
	}
	if strings.HasSuffix(name, "自治州") {
		return true
	}
	for _, s := range suffixes {
		if strings.HasSuffix(name, s) {
			return true
		}
	}
	return false
}

// abbreviations are the one-character names of the provinces.
var abbreviations = map[string]string{"11": "京", "12": "津", "13": "冀", "14": "晋", "15": "蒙", "21": "辽", "22": "吉", "23": "黑",
	"31": "沪", "32": "苏", "33": "浙", "34": "皖", "35": "闽", "36": "赣", "37": "鲁", "41": "豫", "42": "鄂", "43": "湘", "44": "粤",
	"45": "桂", "46": "琼", "50": "渝", "51": "川蜀", "52": "黔贵", "53": "滇云", "54": "藏", "61": "陕秦", "62": "甘陇", "63": "青",
	"64": "宁", "65": "新", "71": "台", "81": "港", "82": "澳"}

func level(code string) string {
	switch {
	case strings.HasSuffix(code, "0000"):
		return "province"
	case strings.HasSuffix(code, "00"):
		return "prefecture"
	}
	return "county"
}

func isCity(code, name string) bool {
	if strings.HasSuffix(code, "0000") {
		return strings.HasSuffix(name, "市")
	}
	return strings.HasSuffix(name, "市")
}
