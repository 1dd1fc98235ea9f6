package clean

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"reformgraph/loaders/article"
)

// person reports whether a token of a by-line is a person's name.
func person(s string) bool { return article.PersonName(s) && !media(s) }

var (
	mediaName = regexp.MustCompile(`(?:日报|晚报|早报|晨报|时报|商报|都市报|导报|周报|快报|周刊|新报|报社|社|网|报|在线|客户端|融媒体?(?:中心)?|传媒|电视台|广播电台|广电|电台|台|刊|频道|新闻|新闻中心|杂志|发布|头条|视频|观察|公众号|壹点|号外)$`)
	// notMedia end like an outlet and are none.
	notMedia = regexp.MustCompile(`(?:互联|物联|电|公路|铁路|路|管|水|局域|关系|交通|一张|电信|通信|官)网$|(?:平|舞|灶|阳|柜|后|前|月|站|讲|擂|出|高)台$|(?:财|播|通|情|汇|海|预|申|上|简|举|研|回|公|填|战|捷|喜|年|月|电|警)报$|(?:合作|供销|旅行|公|结|结社|会|神|旅)社$|(?:移动|手机|电脑)客户端$|^(?:时政|社会|国内|国际|财经|本地|最新|热点|图片|今日|视频|滚动|政务|部门|工作|要闻|区县|县区|基层)(?:新闻|视频|观察|发布|头条)$|^(?:本|该|我)[网报台刊社站]?|^(?:新闻|发布|观察|视频|头条|传媒|在线|频道|杂志|新闻中心|网站|信息发布)$`)
)

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
