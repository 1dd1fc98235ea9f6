package main

import (
	"crypto/rand"
	"crypto/sha256"
	"fmt"

	"github.com/spf13/cobra"
)

func (m *Main) tokenCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "token",
		Short: "Make a token for writing to a server, or reading from it",
		Long: `Token makes a random token and its hash. Put the hash among the token_hashes of the
server's settings, and send the token with each request that writes, in the header
Authorization: Bearer TOKEN. Hashes among the read_tokens are of tokens for reading; with
one of them reading is no longer open to all. The token itself is kept nowhere.`,
		Args: atMost(0),
		RunE: func(*cobra.Command, []string) error {
			token := rand.Text()
			fmt.Fprintf(m.Stdout, "token %s\nhash  %x\n", token, sha256.Sum256([]byte(token)))
			return nil
		},
	}
}
