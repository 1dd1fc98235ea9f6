package places

// Parse parses the embedded files anew, which Load does once per process, and the townships.
func Parse() error {
	g, err := parse()
	if err == nil {
		_, err = parseTownships(townshipsGzip)
	}
	_ = g
	return err
}
