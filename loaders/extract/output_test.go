package extract

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"reformgraph/graph"
)

var update = flag.Bool("update", false, "write testdata/output anew")

// TestExtractFullOutput holds the whole output of the chain, byte for byte, on
// texts written for it: what changes in it is seen in the change itself.
func TestExtractFullOutput(t *testing.T) {
	c := chain(t)
	for name, a := range map[string]graph.Article{
		"simplified": {ID: "article:simplified", Text: "合肥优化营商环境\n2022年5月6日 来源：示例日报\n" + sample},
		"traditional": {ID: "article:traditional", Text: "臺州路橋：小窗口裡的大改革\n2021年4月8日　來源：示例海外版\n" +
			"去年6月，浙江省臺州市路橋區推行「一窗辦成」改革，區行政審批局牽頭建立「幫辦專員」制度，38項事項當天辦結。\n" +
			"今年3月，路橋區黨政考察團赴江蘇省蘇州市學習考察。區長陸明遠表示，「一窗辦成」改革已在全市推廣。\n"},
		"plan": {ID: "article:plan", Text: "滁州拟推行林长制\n2024年3月5日 来源：示例日报\n" +
			"滁州市计划明年推行“林长+护林员”机制，尚未确定试点县。\n滁州市林业局负责人方既明说，要先学习宣城的做法，不照搬照抄。\n"},
		"none": {ID: "article:none", Text: "周末的公园\n2023年6月3日 来源：示例晚报\n周末，公园里游人不少。孩子们在草地上放风筝，老人们下棋，一直到天黑。\n"},
	} {
		var got bytes.Buffer
		if err := json.Indent(&got, []byte(rendered(t, c.Extract(a))), "", " "); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("testdata", "output", name+".json")
		if *update {
			if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, got.Bytes(), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want) {
			t.Errorf("%s: the output is not that of %s; run go test ./loaders/extract -run FullOutput -update and look at what changed\n%s", name, file, got.Bytes())
		}
	}
}
