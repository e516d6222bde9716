package main

import (
	"bytes"
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// mostRecomputed is the size of the largest tree whose every hash is computed anew; of a larger one only the samples are checked.
const mostRecomputed = 1 << 20

// reading is what held of a log.
type reading struct {
	Origin string `json:"origin"`
	// Decimal, as sizes are everywhere.
	Size    string   `json:"size"`
	Root    string   `json:"root"`
	Signers []string `json:"signers"`
	// Recomputed: every tile and the root follow from the leaf hashes.
	Recomputed bool `json:"recomputed"`
	Tiles      int  `json:"tiles"`
	// Included: leaves of the sample that are in the tree; Entries: those of them whose entry was readable and has that hash.
	Included int `json:"included"`
	Entries  int `json:"entries"`
	// Extends: size of the older checkpoint that the log was shown to hold unchanged.
	Extends string `json:"extends,omitempty"`
}

type readOptions struct {
	older  string
	sample int
	seed   uint64
	where  string
	keys   []note.Verifier
}

func readLog(args []string) (reading, error) {
	options, err := readArgs(args)
	if err != nil {
		return reading{}, err
	}
	from := placeOf(options.where)
	signed, err := from.fetch("checkpoint")
	if err != nil {
		return reading{}, fmt.Errorf("checkpoint: %w", err)
	}
	newest, err := openCheckpoint(signed, options.keys)
	if err != nil {
		return reading{}, err
	}
	found := reading{
		Origin: newest.origin,
		Size:   strconv.FormatInt(newest.tree.N, 10),
		Root:   base64.StdEncoding.EncodeToString(newest.tree.Hash[:]),
	}
	for _, key := range options.keys {
		found.Signers = append(found.Signers, fmt.Sprintf("%s+%08x", key.Name(), key.KeyHash()))
	}
	if found.Recomputed = newest.tree.N <= mostRecomputed; found.Recomputed {
		if err := recompute(from, newest.tree); err != nil {
			return reading{}, err
		}
	}
	if found.Included, found.Entries, err = sample(from, newest.tree, options); err != nil {
		return reading{}, err
	}
	if found.Extends, err = extends(from, newest, options); err != nil {
		return reading{}, err
	}
	found.Tiles = from.read
	return found, nil
}

func readArgs(args []string) (readOptions, error) {
	var options readOptions
	flags := flag.NewFlagSet("read", flag.ContinueOnError)
	flags.StringVar(&options.older, "older", "", "file with an older signed checkpoint of the same log")
	flags.IntVar(&options.sample, "sample", 100, "how many leaves are proved")
	flags.Uint64Var(&options.seed, "seed", 1, "which leaves")
	if err := flags.Parse(args); err != nil {
		return options, err
	}
	if flags.NArg() < 2 {
		return options, errors.New("usage: tlog read [-older FILE] [-sample N] [-seed N] WHERE VKEY...")
	}
	var err error
	options.where = flags.Arg(0)
	options.keys, err = verifiersOf(flags.Args()[1:])
	return options, err
}

// recompute builds the tree anew from its leaf hashes, and compares every tile above them, and the root.
func recompute(from *place, tree tlog.Tree) error {
	var stored []tlog.Hash
	kept := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			hashes[i] = stored[index]
		}
		return hashes, nil
	})
	for _, tile := range tlog.NewTiles(height, 0, tree.N) {
		read, err := from.tile(tile)
		if err != nil {
			return err
		}
		if tile.L > 0 {
			made, err := tlog.ReadTileData(tile, kept)
			if err != nil || !bytes.Equal(made, read) {
				return fmt.Errorf("%s does not follow from the leaves (%v)", pathOf(tile), err)
			}
			continue
		}
		for i := range tile.W {
			n := tile.N*width + int64(i)
			hashes, err := tlog.StoredHashesForRecordHash(n, tlog.Hash(read[i*tlog.HashSize:][:tlog.HashSize]), kept)
			if err != nil {
				return err
			}
			stored = append(stored, hashes...)
		}
	}
	root, err := tlog.TreeHash(tree.N, kept)
	if err != nil || root != tree.Hash {
		return fmt.Errorf("the root does not follow from the leaves (%v)", err)
	}
	return nil
}

// sample proves leaves of the tree to its root, through tiles that are checked on the way.
func sample(from *place, tree tlog.Tree, options readOptions) (included, readable int, err error) {
	random := rand.New(rand.NewPCG(options.seed, 0))
	hashes := tlog.TileHashReader(tree, from)
	for range min(int64(options.sample), tree.N) {
		n := random.Int64N(tree.N)
		leaf, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, n)})
		if err != nil {
			return 0, 0, err
		}
		entry, err := from.entry(n, tree.N)
		if err == nil && tlog.RecordHash(entry) != leaf[0] {
			return 0, 0, fmt.Errorf("entry %d is not the one that the tree holds", n)
		}
		if err == nil {
			readable++
		} else if !errors.Is(err, errAbsent) {
			return 0, 0, err
		}
		proof, err := tlog.ProveRecord(tree.N, n, hashes)
		if err != nil {
			return 0, 0, err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, n, leaf[0]); err != nil {
			return 0, 0, fmt.Errorf("leaf %d: %w", n, err)
		}
		included++
	}
	return included, readable, nil
}

// entry reads one entry out of its bundle, each of which has its length before it in two bytes (C2SP tlog-tiles).
func (p *place) entry(n, size int64) ([]byte, error) {
	index := n / width
	bundle, err := p.tile(tlog.Tile{H: height, L: entries, N: index, W: int(min(width, size-index*width))})
	if err != nil {
		return nil, err
	}
	for skip := n % width; ; skip-- {
		if len(bundle) < 2 || len(bundle) < 2+int(bundle[0])<<8+int(bundle[1]) {
			return nil, fmt.Errorf("bundle %d is cut off", index)
		}
		length := int(bundle[0])<<8 + int(bundle[1])
		if skip == 0 {
			return bundle[2 : 2+length], nil
		}
		bundle = bundle[2+length:]
	}
}

// extends shows that the log still holds an older checkpoint, when one was given.
func extends(from *place, newest head, options readOptions) (string, error) {
	if options.older == "" {
		return "", nil
	}
	text, err := os.ReadFile(options.older)
	if err != nil {
		return "", err
	}
	older, err := openCheckpoint(text, options.keys)
	if err != nil {
		return "", fmt.Errorf("older checkpoint: %w", err)
	}
	if older.tree.N > newest.tree.N {
		return "", fmt.Errorf("the log shrank from %d to %d", older.tree.N, newest.tree.N)
	}
	if older.tree.N > 0 {
		proof, err := tlog.ProveTree(newest.tree.N, older.tree.N, tlog.TileHashReader(newest.tree, from))
		if err != nil {
			return "", err
		}
		if err := tlog.CheckTree(proof, newest.tree.N, newest.tree.Hash, older.tree.N, older.tree.Hash); err != nil {
			return "", fmt.Errorf("the log is not the one of the older checkpoint: %w", err)
		}
	}
	return strconv.FormatInt(older.tree.N, 10), nil
}
