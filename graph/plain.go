package graph

import "encoding/json"

// Plain makes int64 and float64 of every json.Number in a decoded value, in place; an
// error is that of a number beyond both.
func Plain(v any) (any, error) {
	var err error
	switch x := v.(type) {
	case json.Number:
		if n, err := x.Int64(); err == nil {
			return n, nil
		}
		return x.Float64()
	case []any:
		for i := range x {
			if x[i], err = Plain(x[i]); err != nil {
				return nil, err
			}
		}
	case map[string]any:
		for k := range x {
			if x[k], err = Plain(x[k]); err != nil {
				return nil, err
			}
		}
	}
	return v, nil
}
