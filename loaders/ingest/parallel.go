package ingest

import "golang.org/x/sync/errgroup"

// parallel calls work for 0 to n-1 on the loader's workers and waits for all.
func (l *Loader) parallel(n int, work func(i int)) {
	var g errgroup.Group
	g.SetLimit(l.workers())
	for i := range n {
		g.Go(func() error { work(i); return nil })
	}
	g.Wait()
}
