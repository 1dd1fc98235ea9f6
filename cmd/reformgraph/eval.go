package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"reformgraph/loaders/eval"
	"reformgraph/loaders/ingest"
)

func (m *Main) evalCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "eval GOLD…",
		Short: "Measure the extraction on annotated texts",
		Long: `Eval reads annotated articles (ID.gold.json) and annotated passages (*.ndjson), by name or
all those in a folder, runs the extraction over their texts and prints precision, recall
and F1 for each type of entity, claim and tie, and how well confidence is calibrated. The
text of ID.gold.json is ID.txt, ID.md or ID.html beside it, or in the folder --text.`,
		Example: "  reformgraph eval loaders/eval/testdata\n  reformgraph eval --misses --text articles gold/003.gold.json",
		Args:    atLeast(1, "at least one annotated article, file of passages, or folder of them"),
	}
	textDir := cmd.Flags().String("text", "", "`DIR` with the texts of the articles (default beside each)")
	misses := cmd.Flags().Bool("misses", false, "also list what was missed and what is wrong")
	rules := cmd.Flags().Bool("rules", false, "also list how often each extraction rule is right")
	addFlag(cmd.Flags(), "workers")
	addFlag(cmd.Flags(), "lexicon")
	cmd.RunE = func(cmd *cobra.Command, paths []string) error {
		set, err := eval.OpenSet(paths, *textDir)
		if err != nil {
			return fmt.Errorf("eval: %w", err)
		}
		chain, err := m.chain()
		if err != nil {
			return err
		}
		report, err := set.Measure(cmd.Context(), &ingest.Loader{Chain: chain, Workers: m.config.Workers})
		if err != nil {
			return fmt.Errorf("eval: %w", err)
		}
		if err := report.Write(m.Stdout); err != nil {
			return err
		}
		if *rules {
			fmt.Fprintln(m.Stdout)
			if err := report.WriteRules(m.Stdout); err != nil {
				return err
			}
		}
		if *misses {
			fmt.Fprintln(m.Stdout)
			return report.WriteMisses(m.Stdout)
		}
		return nil
	}
	return cmd
}
