package eval

// calibrationBounds are the lower bounds of the bins of confidence.
var calibrationBounds = []float64{0, 0.5, 0.6, 0.7, 0.8, 0.9}

// Calibration tells whether confidence means what it says: of the claims that say
// 0.9, nine in ten should be in gold. Core or not makes no difference here.
type Calibration struct {
	Bins [6]Bin // by calibrationBounds
}

// Bin holds the claims whose confidence lies in one range, or those of one rule.
type Bin struct {
	Share
	sum float64
}

// Mean is the mean confidence of the bin's claims, 0 if there are none.
func (b Bin) Mean() float64 {
	if b.Of == 0 {
		return 0
	}
	return b.sum / float64(b.Of)
}

func (b *Bin) add(confidence float64, right bool) {
	b.Share.add(right)
	b.sum += confidence
}

func (c *Calibration) add(confidence float64, right bool) {
	i := len(calibrationBounds) - 1
	for i > 0 && confidence < calibrationBounds[i] {
		i--
	}
	c.Bins[i].add(confidence, right)
}

// Error is the expected calibration error: the mean distance between confidence
// and share right over the bins, weighted by their claims. Of no claims it is 0.
func (c Calibration) Error() float64 {
	n, sum := 0, 0.0
	for _, b := range c.Bins {
		n += b.Of
		d := b.sum - float64(b.Right)
		sum += max(d, -d)
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}
