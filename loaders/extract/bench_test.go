package extract

import (
	"strings"
	"testing"

	"reformgraph/graph"
)

// sample is a text in the genre, written for the benchmark.
const sample = `合肥市蜀山区推行“一窗通办”改革，区行政审批局牵头建立“首席专员”制度，办理时限由15天压缩到3天。
今年以来，全市承担国家级试点12项、省级试点30余项，“夜间议事”机制被安徽省委改革办刊发推广。
2021年3月，合肥市党政代表团赴苏州市学习考察，随后出台《合肥市优化营商环境若干措施》，庐江县、肥东县开展商事登记改革。
市委书记、市委全面深化改革委员会主任陈望舒指出，要坚持问题导向，把企业的事当自己的事。前三季度，规上工业增加值增长8.2%，新增市场主体1.6万户。
`

// BenchmarkExtract measures one core, end to end without a store; MB/s of UTF-8.
func BenchmarkExtract(b *testing.B) {
	c, err := Load()
	if err != nil {
		b.Fatal(err)
	}
	a := graph.Article{ID: "article:b", Text: "合肥优化营商环境\n" + strings.Repeat(sample, 4), Published: "2022-05-06", PublishedPrecision: "day", Given: []string{"published"}}
	b.SetBytes(int64(len(a.Text)))
	for b.Loop() {
		c.Extract(a)
	}
}
