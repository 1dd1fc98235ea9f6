package article

import (
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

// PersonName reports whether a token of a by-line can be a person's name: family name and one or two characters, a compound family name, or a name
// with a middle dot. Simplified characters.
func PersonName(s string) bool {
	if notNames[s] {
		return false
	}
	if a, b, ok := strings.Cut(s, "·"); ok {
		return allHan(a) && allHan(b) && utf8.RuneCountInString(s) <= 16
	}
	n := utf8.RuneCountInString(s)
	if !allHan(s) || n < 2 || n > 4 {
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

func allHan(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) < 0
}
