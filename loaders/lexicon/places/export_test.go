package places

// Parse parses the embedded files anew, which Load does once per process, and the townships.
func Parse() error {
	if _, err := parse(); err != nil {
		return err
	}
	_, err := parseTownships(townshipsGzip)
	return err
}

// ParseDivisions parses a text in the format of divisions.tsv.
func ParseDivisions(text string) error { return new(Gazetteer).parseDivisions(text) }
