package server

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net"
	"net/url"
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
	// ReadTokenHashes are those of the tokens that may read; tokens that may write
	// may read too. Without one reading is open to all.
	ReadTokenHashes []string
	// CORSOrigins are the sites (https://example.org, or * for all) whose pages may
	// read answers in a browser. Default: none.
	CORSOrigins []string
	// PublishText is PublishFull or PublishQuotes. Default PublishFull.
	PublishText string
	// Adhoc says who may ask in Cypher or SQL: AdhocOpen, AdhocToken or AdhocOff.
	// With PublishQuotes nobody may. Default AdhocToken.
	Adhoc string
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

// What Config.PublishText may be.
const (
	PublishFull   = "full"   // articles are shown with their text
	PublishQuotes = "quotes" // of a text only what claims quote is shown, with the link to the article
)

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
	if c.Adhoc == "" {
		c.Adhoc = AdhocToken
	}
	if c.PublishText == "" {
		c.PublishText = PublishFull
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	return c
}

// hashes decodes the hashes of tokens.
func hashes(texts []string) ([][]byte, error) {
	var out [][]byte
	for i, h := range texts {
		b, err := hex.DecodeString(h)
		if err != nil || len(b) != sha256.Size {
			return nil, fmt.Errorf("server: token hash %d is not the SHA-256 of a token: want %d hex digits", i+1, 2*sha256.Size)
		}
		out = append(out, b)
	}
	return out, nil
}

// check returns what is wrong with the settings that are words.
func (c Config) check() error {
	if c.PublishText != PublishFull && c.PublishText != PublishQuotes {
		return fmt.Errorf("server: publish_text is %q: want %s or %s", c.PublishText, PublishFull, PublishQuotes)
	}
	if c.Adhoc != AdhocOpen && c.Adhoc != AdhocToken && c.Adhoc != AdhocOff {
		return fmt.Errorf("server: adhoc is %q: want %s, %s or %s", c.Adhoc, AdhocOpen, AdhocToken, AdhocOff)
	}
	for _, o := range c.CORSOrigins {
		if u, err := url.Parse(o); o != "*" && (err != nil || u.Scheme == "" || u.Host == "" || u.Scheme+"://"+u.Host != o) {
			return fmt.Errorf("server: %q in cors_origins is no site: want SCHEME://HOST[:PORT] without a path, or *", o)
		}
	}
	return nil
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
