package server

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net"
	"time"

	"github.com/labstack/echo/v4"
)

// Config holds the settings of a server. The zero value of each field but
// Version stands for the default that its comment names.
type Config struct {
	Version string // of the program; shown by /about

	// TokenHashes are the SHA-256 hashes, in hex, of the tokens that may write.
	// Without one nobody may.
	TokenHashes []string
	// TrustedProxies are the networks (CIDR) whose X-Forwarded-For header is
	// believed. Default: none; a client is who the connection comes from.
	TrustedProxies []string

	// RequestTimeout bounds the work for one request. Default 30 s.
	RequestTimeout time.Duration
	// WriteTimeout bounds the time in which a client takes its answer in, the
	// work for it included. Default 2 min.
	WriteTimeout time.Duration
	// ShutdownTimeout is how long Serve waits for requests in hand when it is to
	// stop. Default 15 s.
	ShutdownTimeout time.Duration
	// BodyLimit is the largest body of a request, in bytes. Default 8 MiB: an
	// article of 5 MiB as JSON, with its escapes.
	BodyLimit int64

	// Log receives a record for each request. Default slog.Default().
	Log *slog.Logger
}

// withDefaults fills in the defaults.
func (c Config) withDefaults() Config {
	set := func(d *time.Duration, preset time.Duration) {
		if *d <= 0 {
			*d = preset
		}
	}
	set(&c.RequestTimeout, 30*time.Second)
	set(&c.WriteTimeout, 2*time.Minute)
	set(&c.ShutdownTimeout, 15*time.Second)
	if c.BodyLimit <= 0 {
		c.BodyLimit = 8 << 20
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	return c
}

// tokens decodes the hashes of the tokens.
func (c Config) tokens() ([][]byte, error) {
	var out [][]byte
	for i, h := range c.TokenHashes {
		b, err := hex.DecodeString(h)
		if err != nil || len(b) != sha256.Size {
			return nil, fmt.Errorf("server: token hash %d is not the SHA-256 of a token: want %d hex digits", i+1, 2*sha256.Size)
		}
		out = append(out, b)
	}
	return out, nil
}

// ipExtractor says how the address of a client is found.
func (c Config) ipExtractor() (echo.IPExtractor, error) {
	if len(c.TrustedProxies) == 0 {
		return echo.ExtractIPDirect(), nil
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range c.TrustedProxies {
		_, network, err := net.ParseCIDR(p)
		if err != nil {
			return nil, fmt.Errorf("server: trusted proxy %q is no network: want CIDR, as in 10.0.0.0/8", p)
		}
		options = append(options, echo.TrustIPRange(network))
	}
	return echo.ExtractIPFromXFFHeader(options...), nil
}
