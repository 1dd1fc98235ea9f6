// Package graphtest is the suite that every graph.Store passes (see Run), and checks of
// a graph.Console by what a statement did (ConsoleAnswers, ConsoleRefuses). It is
// imported from tests only.
package graphtest
