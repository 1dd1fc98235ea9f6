package queries

import "testing"

func TestPlace_called(t *testing.T) {
	tests := []struct {
		name, called string
		want         bool
	}{
		{"淄博市", "淄博市", true},
		{"淄博市", "淄博", true},
		{"通州区", "通", false}, // one character is no name of its own
		{"延边朝鲜族自治州", "延边", true},
		{"新疆维吾尔自治区", "新疆", true},
		{"内蒙古自治区", "内", false},
		{"锡林郭勒盟", "锡林郭勒", true},
		{"姜山镇", "姜山", true},
		{"海南藏族自治州", "海南", true},
		{"朝阳市", "朝", false},
		{"上海自贸试验区", "上海", false}, // another thing, not another form of the name
		{"淄博市", "博市", false},
	}
	for _, tt := range tests {
		if got := (placeInfo{name: tt.name}).called(tt.called); got != tt.want {
			t.Errorf("%s is called %s: %t, want %t", tt.name, tt.called, got, tt.want)
		}
	}
}

func TestPlace_rolled(t *testing.T) {
	g := gazetteer{}
	for _, p := range []placeInfo{
		{id: "place:CN", level: "country", today: "CN"},
		{id: "place:370000", level: "province", today: "370000", parent: "place:CN"},
		{id: "place:370200", level: "prefecture", today: "370200", parent: "place:370000", city: true},
		{id: "place:370285", level: "county", today: "370285", parent: "place:370200", city: true},
		{id: "place:370285/姜山镇", level: "township", today: "370285/姜山镇", parent: "place:370285"},
		{id: "place:370200/高新区", level: "zone", today: "370200/高新区", parent: "place:370200"},
		{id: "place:370116", level: "county", today: "370116", parent: "place:370200"},
		{id: "place:371200", level: "prefecture", today: "370116", parent: "place:370000"},
		{id: "place:110000", level: "province", today: "110000", parent: "place:CN", city: true},
		{id: "place:110108", level: "county", today: "110108", parent: "place:110000"},
		{id: "place:419001", level: "county", today: "419001", parent: "place:370000", city: true},
	} {
		g[p.id] = p
	}
	tests := []struct{ id, level, want string }{
		{"place:370285/姜山镇", "", "place:370285/姜山镇"},
		{"place:370285/姜山镇", "county", "place:370285"},
		{"place:370285/姜山镇", "prefecture", "place:370200"},
		{"place:370285/姜山镇", "province", "place:370000"},
		{"place:370200/高新区", "county", "place:370200/高新区"}, // it lies in no county
		{"place:371200", "", "place:370116"},               // a former prefecture, a county today
		{"place:371200", "prefecture", "place:370200"},
		{"place:110108", "prefecture", "place:110000"}, // a municipality is its own prefecture
		{"place:419001", "prefecture", "place:419001"}, // straight under a province
		{"place:370000", "prefecture", "place:370000"}, // never rolled down
		{"place:999999", "province", "place:999999"},
	}
	for _, tt := range tests {
		if got := g.rolled(tt.id, tt.level); got != tt.want {
			t.Errorf("rolled(%s, %q) = %s, want %s", tt.id, tt.level, got, tt.want)
		}
	}
}
