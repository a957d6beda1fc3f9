// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"

	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/rfc6962"
)

const tileWidth = 256

// tilePath is C2SP tlog-tiles': level/x001/x234/067, with .p/W at the end of a partial tile.
func tilePath(kind string, index, width uint64) string {
	path := fmt.Sprintf("%03d", index%1000)
	for index /= 1000; index > 0; index /= 1000 {
		path = fmt.Sprintf("x%03d/%s", index%1000, path)
	}
	if width < tileWidth {
		path += fmt.Sprintf(".p/%d", width)
	}
	return filepath.Join("tile", kind, path)
}

// readBundle reads the entries of a bundle.
func readBundle(path string) ([][]byte, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var entries [][]byte
	for len(data) > 0 {
		if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
			return nil, fmt.Errorf("%s is cut short", path)
		}
		size := int(binary.BigEndian.Uint16(data))
		entries = append(entries, data[2:2+size])
		data = data[2+size:]
	}
	return entries, nil
}

// checkLog hashes every entry of a log anew, and compares every tile and the root.
func checkLog(dir, key string) error {
	data, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		return err
	}
	checkpoint, err := openCheckpoint(data, key)
	if err != nil {
		return err
	}
	hasher := rfc6962.DefaultHasher
	factory := compact.RangeFactory{Hash: hasher.HashChildren}
	tree := factory.NewEmptyRange(0)
	rows := map[uint64][]byte{} // level: hashes of the tile that is being filled
	counts := map[uint64]uint64{}
	visit := func(id compact.NodeID, hash []byte) {
		if id.Level%8 != 0 {
			return
		}
		level := uint64(id.Level) / 8
		rows[level] = append(rows[level], hash...)
		counts[level]++
	}
	tiles := 0
	compare := func(level, index, width uint64) error {
		path := filepath.Join(dir, tilePath(fmt.Sprint(level), index, width))
		tile, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if !bytes.Equal(tile, rows[level]) {
			return fmt.Errorf("%s has other hashes", path)
		}
		tiles++
		rows[level] = nil
		return nil
	}
	for size := uint64(0); size < checkpoint.Size; {
		width := min(tileWidth, checkpoint.Size-size)
		entries, err := readBundle(filepath.Join(dir, tilePath("entries", size/tileWidth, width)))
		if err != nil {
			return err
		}
		if uint64(len(entries)) != width {
			return fmt.Errorf("bundle %d has %d entries", size/tileWidth, len(entries))
		}
		for _, entry := range entries {
			if err := tree.Append(hasher.HashLeaf(entry), visit); err != nil {
				return err
			}
			size++
			for level := uint64(0); len(rows[level]) == tileWidth*hasher.Size(); level++ {
				if err := compare(level, counts[level]/tileWidth-1, tileWidth); err != nil {
					return err
				}
			}
		}
	}
	for level, row := range rows {
		if len(row) == 0 {
			continue
		}
		if err := compare(level, counts[level]/tileWidth, counts[level]%tileWidth); err != nil {
			return err
		}
	}
	root := hasher.EmptyRoot()
	if checkpoint.Size > 0 {
		if root, err = tree.GetRootHash(nil); err != nil {
			return err
		}
	}
	if !bytes.Equal(root, checkpoint.Hash) {
		return fmt.Errorf("the root is another")
	}
	fmt.Printf("%d entries and %d tiles hold\n", checkpoint.Size, tiles)
	return nil
}
