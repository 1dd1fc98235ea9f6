package main

import (
	"context"
	"slices"
	"sync"
	"time"
)

// rival is one way to the same answers. Ask asks question n, of any number, and
// reads the answer to its end.
type rival struct {
	name string
	ask  func(ctx context.Context, n int) error
}

// turn is what one rival did in one round.
type turn struct {
	p50, p95  time.Duration
	perSecond float64
}

// contest lets the rivals take turns, each round beginning with another, and returns
// the turns by rival, then round. A turn ends with the requests in hand when its
// time is over; each client makes one at least.
func contest(ctx context.Context, rivals []rival, clients, rounds int, length time.Duration) ([][]turn, error) {
	turns := make([][]turn, len(rivals))
	for round := range rounds {
		for i := range rivals {
			k := (i + round) % len(rivals)
			t, err := takeTurn(ctx, rivals[k], clients, length)
			if err != nil {
				return nil, err
			}
			turns[k] = append(turns[k], t)
		}
	}
	return turns, nil
}

func takeTurn(ctx context.Context, r rival, clients int, length time.Duration) (turn, error) {
	var mu sync.Mutex
	var all []time.Duration
	var failed error
	var group sync.WaitGroup
	began := time.Now()
	for c := range clients {
		group.Go(func() {
			var own []time.Duration
			for n := c * 5; len(own) == 0 || time.Since(began) < length; n++ {
				start := time.Now()
				if err := r.ask(ctx, n); err != nil {
					mu.Lock()
					failed = err
					mu.Unlock()
					return
				}
				own = append(own, time.Since(start))
			}
			mu.Lock()
			all = append(all, own...)
			mu.Unlock()
		})
	}
	group.Wait()
	if failed != nil {
		return turn{}, failed
	}
	elapsed := time.Since(began).Seconds()
	slices.Sort(all)
	return turn{all[len(all)/2], all[len(all)*95/100], float64(len(all)) / elapsed}, nil
}

// median returns the middle of what f gives of each round.
func median(rounds int, f func(round int) float64) float64 {
	values := make([]float64, rounds)
	for i := range values {
		values[i] = f(i)
	}
	slices.Sort(values)
	return values[len(values)/2]
}

func p50(t turn) float64        { return float64(t.p50) / float64(time.Millisecond) }
func p95(t turn) float64        { return float64(t.p95) / float64(time.Millisecond) }
func throughput(t turn) float64 { return t.perSecond }

// middle is the median over the rounds of one figure.
func middle(turns []turn, figure func(turn) float64) float64 {
	return median(len(turns), func(i int) float64 { return figure(turns[i]) })
}

// ratio is the median of the ratios of the rounds, so that what disturbs a whole
// round does not count.
func ratio(a, b []turn, figure func(turn) float64) float64 {
	return median(len(a), func(i int) float64 { return figure(a[i]) / figure(b[i]) })
}
