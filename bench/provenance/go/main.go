// SPDX-License-Identifier: Apache-2.0

// Checks what Atelier writes with programs that share no code with it, and makes what Atelier is to check:
// golang.org/x/mod/sumdb/note reads signed notes, github.com/transparency-dev/formats cosignatures and proof
// files, github.com/transparency-dev/merkle trees and proofs.
//
//	ledgercheck log DIR LOGKEY          a served log: signature, every entry, every tile, root
//	ledgercheck note FILE KEY...        a signed note has a signature of each key
//	ledgercheck proof LOGKEY FILE...    proof files (tlog-proof)
//	ledgercheck growth LOGKEY OLD FILE  a proof of growth (tlog-witness) since a checkpoint
//	ledgercheck make DIR                a log of Go's: keys, checkpoints, proofs, proofs of growth
//
// Exit code 1 and a line on stderr for what does not hold.
package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/transparency-dev/formats/log"
	fnote "github.com/transparency-dev/formats/note"
	fproof "github.com/transparency-dev/formats/proof"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/note"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "ledgercheck:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 3 && args[0] == "log":
		return checkLog(args[1], args[2])
	case len(args) >= 3 && args[0] == "note":
		return checkNote(args[1], args[2:])
	case len(args) >= 3 && args[0] == "proof":
		for _, file := range args[2:] {
			if err := checkProof(args[1], file); err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
		}
		fmt.Printf("%d proofs hold\n", len(args)-2)
		return nil
	case len(args) == 4 && args[0] == "growth":
		return checkGrowth(args[1], args[2], args[3])
	case len(args) == 2 && args[0] == "make":
		return makeLog(args[1])
	}
	return fmt.Errorf("usage: ledgercheck log|note|proof|growth|make ...; main.go says more")
}

// openCheckpoint reads a checkpoint that the log of this key signed.
func openCheckpoint(data []byte, key string) (*log.Checkpoint, error) {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return nil, err
	}
	checkpoint, _, _, err := log.ParseCheckpoint(data, verifier.Name(), verifier)
	return checkpoint, err
}

// verifierOf takes the keys of logs and of witnesses.
func verifierOf(key string) (note.Verifier, error) {
	if verifier, err := note.NewVerifier(key); err == nil {
		return verifier, nil
	}
	return fnote.NewVerifierForCosignatureV1(key)
}

func checkNote(file string, keys []string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var verifiers []note.Verifier
	for _, key := range keys {
		verifier, err := verifierOf(key)
		if err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
		verifiers = append(verifiers, verifier)
	}
	opened, err := note.Open(data, note.VerifierList(verifiers...))
	if err != nil {
		return err
	}
	if len(opened.Sigs) != len(keys) {
		return fmt.Errorf("%d of %d keys signed %s", len(opened.Sigs), len(keys), file)
	}
	fmt.Printf("%d signatures hold\n", len(opened.Sigs))
	return nil
}

func checkProof(key, file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var parsed fproof.TLogProof
	if err := parsed.Unmarshal(data); err != nil {
		return err
	}
	if !bytes.Equal(parsed.Marshal(), data) {
		return fmt.Errorf("Go would write it otherwise")
	}
	checkpoint, err := openCheckpoint(parsed.Checkpoint, key)
	if err != nil {
		return err
	}
	// The entry comes first in the extra data, in base64url.
	text, _, found := strings.Cut(string(parsed.ExtraData), "~")
	entry, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || !found {
		return fmt.Errorf("its extra data holds no entry")
	}
	var hashes [][]byte
	for _, hash := range parsed.Hashes {
		hashes = append(hashes, hash[:])
	}
	return proof.VerifyInclusion(rfc6962.DefaultHasher, parsed.Index, checkpoint.Size,
		rfc6962.DefaultHasher.HashLeaf(entry), hashes, checkpoint.Hash)
}

func checkGrowth(key, oldFile, file string) error {
	oldData, err := os.ReadFile(oldFile)
	if err != nil {
		return err
	}
	old, err := openCheckpoint(oldData, key)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	head, rest, found := bytes.Cut(data, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	size, err := strconv.ParseUint(strings.TrimPrefix(lines[0], "old "), 10, 64)
	if err != nil || !found || size != old.Size {
		return fmt.Errorf("%s does not begin at %d entries", file, old.Size)
	}
	checkpoint, err := openCheckpoint(rest, key)
	if err != nil {
		return err
	}
	var hashes [][]byte
	for _, line := range lines[1:] {
		hash, err := base64.StdEncoding.DecodeString(line)
		if err != nil {
			return err
		}
		hashes = append(hashes, hash)
	}
	if err := proof.VerifyConsistency(rfc6962.DefaultHasher, old.Size, checkpoint.Size, hashes,
		old.Hash, checkpoint.Hash); err != nil {
		return err
	}
	fmt.Printf("%d entries begin with %d\n", checkpoint.Size, old.Size)
	return nil
}
