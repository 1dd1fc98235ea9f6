package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"
	"github.com/spf13/viper"
)

// Config holds every setting. Keys of the settings file are the names in the
// tags, joined by dots.
type Config struct {
	Store string `mapstructure:"store"`
	Neo4j struct {
		User     string `mapstructure:"user"`
		Password string `mapstructure:"password" json:"-"`
		Database string `mapstructure:"database"`
	} `mapstructure:"neo4j"`
	Lexicon string `mapstructure:"lexicon"`
	Workers int    `mapstructure:"workers"`
	Quiet   bool   `mapstructure:"quiet"`
	Listen  string `mapstructure:"listen"`
	// The server: see server.Config.
	TokenHashes    []string      `mapstructure:"token_hashes"`
	ReadTokens     []string      `mapstructure:"read_tokens"`
	PublishText    string        `mapstructure:"publish_text"`
	Adhoc          string        `mapstructure:"adhoc"`
	CORSOrigins    []string      `mapstructure:"cors_origins"`
	TrustedProxies []string      `mapstructure:"trusted_proxies"`
	RequestTimeout time.Duration `mapstructure:"request_timeout"`
}

// setting is one key of the configuration. docs/config.md has a row for each.
type setting struct {
	key    string
	preset any
	flag   string // name of its flag; "" if it has none
	help   string
}

var settings = []setting{
	{"store", "sqlite:reformgraph.db", "store", "where the graph is kept: sqlite:`FILE`, neo4j://HOST:7687, neo4j+s://HOST or bolt://HOST:7687"},
	{"neo4j.user", "neo4j", "neo4j-user", "`NAME` of the Neo4j user"},
	// A password on a command line can be read by every user of the machine.
	{"neo4j.password", "", "", "password of the Neo4j user"},
	{"neo4j.database", "neo4j", "neo4j-database", "`NAME` of the Neo4j database"},
	{"lexicon", "", "lexicon", "folder `DIR` with experiences, places, bodies and patterns of your own: see docs/lexicon.md"},
	{"workers", 0, "workers", "how many articles are read at once (0: one for each processor)"},
	{"quiet", false, "quiet", "print nothing but errors"},
	{"listen", "127.0.0.1:8080", "listen", "`ADDRESS` to serve on; if its port is taken, the next free one"},
	{"token_hashes", []string(nil), "", "SHA-256 hashes, in hex, of the tokens that may send articles to the server"},
	{"read_tokens", []string(nil), "", "SHA-256 hashes, in hex, of the tokens that may read from the server; without one everybody may"},
	{"publish_text", "full", "", "what the server shows of articles: full, or quotes"},
	{"adhoc", "token", "", "who may ask the server in Cypher or SQL: open (who may read), token (who has a token) or off"},
	{"cors_origins", []string(nil), "", "sites whose pages may read from the server in a browser"},
	{"trusted_proxies", []string(nil), "", "networks of proxies whose word on a client's address is believed"},
	{"request_timeout", 30 * time.Second, "", "how long the server works for one request"},
}

// configFile is read from the working folder when no other is named.
const configFile = "reformgraph.yaml"

// newViper knows the defaults and environment variables of all settings.
func newViper() *viper.Viper {
	v := viper.New()
	v.SetEnvPrefix("reformgraph")
	v.SetEnvKeyReplacer(strings.NewReplacer(".", "_"))
	for _, s := range settings {
		v.SetDefault(s.key, s.preset)
		// Bound one by one: viper's automatic environment is not seen by Unmarshal.
		if err := v.BindEnv(s.key); err != nil {
			panic(err) // only without a key
		}
	}
	return v
}

// addFlag adds the flag of a setting to those of a command.
func addFlag(flags *pflag.FlagSet, key string) {
	i := slices.IndexFunc(settings, func(s setting) bool { return s.key == key })
	s := settings[i]
	switch preset := s.preset.(type) {
	case string:
		flags.String(s.flag, preset, s.help)
	case int:
		flags.Int(s.flag, preset, s.help)
	case bool:
		flags.Bool(s.flag, preset, s.help)
	}
}

// bindFlags lets the flags of the command that runs give their settings.
func bindFlags(v *viper.Viper, flags *pflag.FlagSet) {
	for _, s := range settings {
		if f := flags.Lookup(s.flag); f != nil {
			if err := v.BindPFlag(s.key, f); err != nil {
				panic(err) // only without a flag
			}
		}
	}
}

// readConfig reads the settings: a flag goes before the environment, that before
// the file, that before the default. Without a named file, the usual one may be
// absent.
func readConfig(v *viper.Viper, file string) (Config, error) {
	var c Config
	named := file != ""
	if !named {
		file = configFile
	}
	if _, err := os.Stat(file); err == nil || named {
		if err := readConfigFile(v, file); err != nil {
			return c, err
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return c, fmt.Errorf("settings: %w", err)
	}
	if err := v.UnmarshalExact(&c); err != nil {
		return c, fmt.Errorf("settings: %w", err)
	}
	if c.Workers < 0 {
		return c, fmt.Errorf("settings: workers is %d: want 0 or more", c.Workers)
	}
	if c.RequestTimeout <= 0 {
		return c, fmt.Errorf("settings: request_timeout is %s: want a time such as 30s", c.RequestTimeout)
	}
	return c, nil
}

func readConfigFile(v *viper.Viper, file string) error {
	// Read by itself first: among defaults and variables an unknown key would not be told.
	alone := viper.New()
	for _, v := range []*viper.Viper{alone, v} {
		v.SetConfigFile(file)
		v.SetConfigType("yaml")
		if err := v.ReadInConfig(); err != nil {
			return fmt.Errorf("settings file %s: %w", file, err)
		}
	}
	for _, key := range alone.AllKeys() {
		if !slices.ContainsFunc(settings, func(s setting) bool { return s.key == key }) {
			var known []string
			for _, s := range settings {
				known = append(known, s.key)
			}
			return fmt.Errorf("settings file %s: there is no setting %q: known are %s", file, key, strings.Join(known, ", "))
		}
	}
	return nil
}
