package extract

import (
	"slices"
	"strings"
	"testing"
)

// TestActorIsWhoTheSentenceSpeaksOf: each text gives what must be claimed, and what may not.
func TestActorIsWhoTheSentenceSpeaksOf(t *testing.T) {
	for _, x := range []struct{ text, want, not string }{
		{"远航重工公司：以改革促转型\n二〇一九年以来，订单越来越多。首创了“云上车间”模式。", "“云上车间”模式 LED_BY 远航重工公司", ""},
		{"今天，国新办举行新闻发布会，民政部有关负责人表示，今年将开展“楼栋夜谈”行动。", "“楼栋夜谈”行动 LED_BY 民政部", "LED_BY 国新办"},
		{"合肥市召开会议。各地推行“楼栋夜谈”机制。", "", "IN 合肥市"},
		{"合肥市大力推广长者食堂。", "长者食堂 IN 合肥市", ""},
		{"合肥市召开会议，学习推广枫桥经验。", "", "枫桥经验 IN 合肥市"},
		{"民政部在长春召开“楼栋夜谈”行动推进会。", "", "IN 长春"},
		{"某领导在长春市考察\n他强调，要健全“楼栋夜谈”机制。", "", "IN 长春"},
		{"社区养老服务不断完善，存款保险制度基本建立。", "存款保险制度 APPLIES 存款保险制度", ""},
	} {
		got := says(read(t, x.text))
		if x.want != "" && !slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, x.want+" ") }) {
			t.Errorf("%q\n  gives %q\n  wants %q", x.text, got, x.want)
		}
		if x.not != "" && slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, x.not) }) {
			t.Errorf("%q\n  gives %q\n  may not have %q", x.text, got, x.not)
		}
	}
}
