package clean

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// surnames are the single-character family names in common use, from the traditional Hundred Family Names and the most frequent ones of today.
const surnames = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公仝肖闫佟岳帅缑亢况郈有琴商牟佘伯赏墨哈谯年爱阳佴言福邸苑邝玄门代付晋楚岱侍冼谌覃禤庹鹿苟占揭展朴由原刑庆刀兰来鲜植战扎降尉布豆信雪"

// compound are the two-character family names.
var compound = []string{"欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛", "尉迟", "公羊", "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容", "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于", "司空", "令狐", "呼延", "轩辕", "拓跋", "完颜", "百里", "东郭", "西门", "南门"}

var notNames = map[string]bool{
	"报道": true, "摄影": true, "通讯员": true, "记者": true, "实习生": true, "评论员": true, "整理": true, "综合": true, "采写": true, "供稿": true, "供图": true, "文": true,
	"图": true, "摄": true, "全媒体": true, "时报": true, "编辑": true, "校对": true, "审核": true, "华社": true, "公司": true, "本报": true, "本网": true, "本台": true, "本刊": true, "本站": true, "佚名": true, "小编": true, "广播": true, "平台": true,
}

// person reports whether a token of a by-line can be a person's name: family name and one or two characters, a compound family name, or a name with a
// middle dot.
func person(s string) bool {
	if notNames[s] || media(s) {
		return false
	}
	if a, b, ok := strings.Cut(s, "·"); ok {
		return han(a) && han(b) && utf8.RuneCountInString(s) <= 16
	}
	n := utf8.RuneCountInString(s)
	if !han(s) || n < 2 || n > 4 {
		return false
	}
	for _, c := range compound {
		if strings.HasPrefix(s, c) && n > 2 {
			return true
		}
	}
	first, _ := utf8.DecodeRuneInString(s)
	return n < 4 && strings.ContainsRune(surnames, first)
}

func han(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) < 0
}

var mediaName = regexp.MustCompile(`(?:日报|晚报|早报|晨报|时报|商报|都市报|导报|周报|快报|周刊|新报|报社|社$|网$|报$|在线$|客户端$|融媒体?(?:中心)?$|传媒$|电视台|广播电台|广电$|电台$|[台刊]$|频道$|新闻$|新闻中心$|新闻社|杂志$|发布$|头条$|视频$|观察$|微信公众号$|公众号$|壹点$|号外$|期刊$)`)

// notMedia end like an outlet and are none.
var notMedia = regexp.MustCompile(`^(?:本|该|据|我|一|互联|联|电|官|上)[网报台刊站]$|^(?:本网站?|本站|网站|官网|互联网|电网|物联网|平台|舞台|新闻|发布|观察|视频|头条|旅行社|合作社|供销社|公报|通报|情报|汇报|海报|预报|申报|上报|简报|出台|公社)$|合作社$|供销社$|旅行社$`)

// media reports whether a name is that of a newspaper, agency, site, station or channel.
func media(s string) bool {
	n := utf8.RuneCountInString(s)
	return n >= 2 && n <= 24 && mediaName.MatchString(s) && !notMedia.MatchString(s) && !strings.ContainsAny(s, "，。；：！？")
}

// splitNames takes the names out of a by-line value. Two single characters are one name set wide (王 伟).
func splitNames(s string) []string {
	tokens := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || strings.ContainsRune("、，,；;/|丨&＆（）()", r) })
	var names []string
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		if utf8.RuneCountInString(t) == 1 && i+1 < len(tokens) && utf8.RuneCountInString(tokens[i+1]) == 1 {
			t += tokens[i+1]
			i++
		}
		if person(t) {
			names = append(names, t)
		}
	}
	return names
}
