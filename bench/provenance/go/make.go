// SPDX-License-Identifier: Apache-2.0

package main

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"

	"github.com/transparency-dev/formats/log"
	fnote "github.com/transparency-dev/formats/note"
	fproof "github.com/transparency-dev/formats/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/merkle/testonly"
	"golang.org/x/mod/sumdb/note"
)

const (
	origin = "go.example/log"
	leaves = 70
)

type writer struct {
	dir  string
	tree *testonly.Tree
	by   []note.Signer
	err  error
}

func (w *writer) put(name string, data []byte) {
	if w.err == nil {
		w.err = os.WriteFile(filepath.Join(w.dir, name), data, 0o644)
	}
}

func (w *writer) checkpoint(size uint64) []byte {
	text := log.Checkpoint{Origin: origin, Size: size, Hash: w.tree.HashAt(size)}.Marshal()
	signed, err := note.Sign(&note.Note{Text: string(text)}, w.by...)
	if err != nil && w.err == nil {
		w.err = err
	}
	return signed
}

// makeLog writes log.key and witness.key, and of a tree of 70 leaves: entry.N and N.tlog-proof for each, in the
// tree of all; checkpoint.N and growth.N, from N leaves to all.
func makeLog(dir string) error {
	logSecret, logKey, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		return err
	}
	witnessSecret, witnessKey, err := note.GenerateKey(rand.Reader, "go.example/witness")
	if err != nil {
		return err
	}
	witnessKey, err = fnote.VKeyToCosignatureV1(witnessKey)
	if err != nil {
		return err
	}
	signer, err := note.NewSigner(logSecret)
	if err != nil {
		return err
	}
	cosigner, err := fnote.NewSignerForCosignatureV1(witnessSecret)
	if err != nil {
		return err
	}
	w := &writer{dir: dir, tree: testonly.New(rfc6962.DefaultHasher), by: []note.Signer{signer, cosigner}}
	w.put("log.key", []byte(logKey+"\n"))
	w.put("witness.key", []byte(witnessKey+"\n"))
	for i := range leaves {
		entry := fmt.Appendf(nil, "entry %d of Go's", i)
		w.tree.AppendData(entry)
		w.put(fmt.Sprintf("entry.%d", i), entry)
	}
	all := w.checkpoint(leaves)
	for i := range uint64(leaves) {
		hashes, err := w.tree.InclusionProof(i, leaves)
		if err != nil {
			return err
		}
		file := fproof.TLogProof{Index: i, Checkpoint: all}
		for _, hash := range hashes {
			file.Hashes = append(file.Hashes, [32]byte(hash))
		}
		w.put(fmt.Sprintf("%d.tlog-proof", i), file.Marshal())
		hashes, err = w.tree.ConsistencyProof(i, leaves)
		if err != nil {
			return err
		}
		growth := fmt.Appendf(nil, "old %d\n", i)
		for _, hash := range hashes {
			growth = fmt.Appendf(growth, "%s\n", base64.StdEncoding.EncodeToString(hash))
		}
		w.put(fmt.Sprintf("growth.%d", i), append(append(growth, '\n'), all...))
		w.put(fmt.Sprintf("checkpoint.%d", i), w.checkpoint(i))
	}
	return w.err
}
