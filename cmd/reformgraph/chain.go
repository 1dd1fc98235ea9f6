package main

import (
	"reformgraph/loaders/extract"
	"reformgraph/loaders/lexicon"
)

// chain builds the extraction chain: over the embedded data, and over what the
// folder of the setting lexicon adds to it.
func (m *Main) chain() (*extract.Chain, error) {
	if m.config.Lexicon == "" {
		return extract.Load()
	}
	lex, err := lexicon.LoadWith(m.config.Lexicon)
	if err != nil {
		return nil, err
	}
	return extract.New(lex)
}
