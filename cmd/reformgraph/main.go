// Command reformgraph builds a knowledge graph of local reform in Chinese cities
// from news articles, and answers questions about it.
//
// Its exit status is 0 when all went well, 1 when something failed, and 2 when
// it was called wrongly.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// version is set by the linker.
var version = "unknown"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// The first signal asks to stop in good order, a second one ends the program at once.
	context.AfterFunc(ctx, stop)
	m := Main{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Version: version}
	os.Exit(m.Run(ctx, os.Args[1:]))
}
