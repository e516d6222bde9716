package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"
)

// claim is one thing to be judged. Hashes are base64, sizes and indexes decimal text: a number in JSON would be rounded elsewhere.
type claim struct {
	Kind  string   `json:"kind"`
	Size  string   `json:"size"`
	Index string   `json:"index"`
	Leaf  string   `json:"leaf"`
	Root  string   `json:"root"`
	Old   string   `json:"old"`
	Older string   `json:"older"`
	Proof []string `json:"proof"`
	Note  string   `json:"note"`
	Keys  []string `json:"keys"`
}

type verdict struct {
	Holds bool   `json:"holds"`
	Why   string `json:"why,omitempty"`
}

// check judges one claim: `inclusion` of leaf at index in the tree of size and root, `consistency` of the tree old/older with size/root,
// or `checkpoint`, a note that each of the keys has signed.
func check(asked claim) any {
	if err := judge(asked); err != nil {
		return verdict{Why: err.Error()}
	}
	return verdict{Holds: true}
}

func judge(asked claim) error {
	if asked.Kind == "checkpoint" {
		keys, err := verifiersOf(asked.Keys)
		if err != nil {
			return err
		}
		_, err = openCheckpoint([]byte(asked.Note), keys)
		return err
	}
	numbers, err := numbersOf(asked.Size, asked.Index, asked.Old)
	if err != nil {
		return err
	}
	hashes, err := hashesOf(append([]string{asked.Root, asked.Leaf, asked.Older}, asked.Proof...))
	if err != nil {
		return err
	}
	if asked.Kind == "inclusion" {
		return tlog.CheckRecord(hashes[3:], numbers[0], hashes[0], numbers[1], hashes[1])
	}
	return tlog.CheckTree(hashes[3:], numbers[0], hashes[0], numbers[2], hashes[2])
}

// numbersOf reads decimal numbers; an empty text is 0, for a field that the kind of claim does not have.
func numbersOf(texts ...string) ([]int64, error) {
	numbers := make([]int64, len(texts))
	for i, text := range texts {
		if text == "" {
			continue
		}
		number, err := strconv.ParseInt(text, 10, 64)
		if err != nil || strconv.FormatInt(number, 10) != text {
			return nil, fmt.Errorf("%q is not a decimal number", text)
		}
		numbers[i] = number
	}
	return numbers, nil
}

func hashesOf(texts []string) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(texts))
	for i, text := range texts {
		if text == "" {
			continue
		}
		var err error
		if hashes[i], err = decodeHash(text); err != nil {
			return nil, err
		}
	}
	return hashes, nil
}

// wish asks for proofs from a tree of these leaf hashes: `inclusion` of an index in the tree of the first so many leaves, `consistency` of
// an older size with that tree.
type wish struct {
	Leaves      []string    `json:"leaves"`
	Inclusion   [][2]string `json:"inclusion"`
	Consistency [][2]string `json:"consistency"`
}

type made struct {
	// Roots of the trees asked for, then their proofs, in the order asked: inclusion first.
	Roots  []string   `json:"roots"`
	Olds   []string   `json:"olds"`
	Proofs [][]string `json:"proofs"`
	Failed string     `json:"failed,omitempty"`
}

func prove(asked wish) any {
	stored, err := store(asked.Leaves)
	if err != nil {
		return made{Failed: err.Error()}
	}
	answer := made{}
	for i, pair := range append(asked.Inclusion, asked.Consistency...) {
		numbers, err := numbersOf(pair[0], pair[1])
		if err != nil {
			return made{Failed: err.Error()}
		}
		var proof []tlog.Hash
		var old tlog.Hash
		if i < len(asked.Inclusion) {
			proof, err = tlog.ProveRecord(numbers[0], numbers[1], stored)
		} else if proof, err = tlog.ProveTree(numbers[0], numbers[1], stored); err == nil {
			old, err = tlog.TreeHash(numbers[1], stored)
		}
		if err != nil {
			return made{Failed: err.Error()}
		}
		root, err := tlog.TreeHash(numbers[0], stored)
		if err != nil {
			return made{Failed: err.Error()}
		}
		answer.Roots = append(answer.Roots, encode(root))
		answer.Olds = append(answer.Olds, encode(old))
		answer.Proofs = append(answer.Proofs, encodeAll(proof))
	}
	return answer
}

func store(leaves []string) (tlog.HashReader, error) {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			hashes[i] = stored[index]
		}
		return hashes, nil
	})
	hashes, err := hashesOf(leaves)
	if err != nil {
		return nil, err
	}
	for n, leaf := range hashes {
		added, err := tlog.StoredHashesForRecordHash(int64(n), leaf, reader)
		if err != nil {
			return nil, err
		}
		stored = append(stored, added...)
	}
	return reader, nil
}

func encode(hash tlog.Hash) string { return base64.StdEncoding.EncodeToString(hash[:]) }

func encodeAll(hashes []tlog.Hash) []string {
	texts := make([]string, len(hashes))
	for i, hash := range hashes {
		texts[i] = encode(hash)
	}
	return texts
}

// answer answers every line of JSON with one.
func answer[Asked any](in io.Reader, out *json.Encoder, to func(Asked) any) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<28)
	for lines.Scan() {
		var asked Asked
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			return err
		}
		if err := out.Encode(to(asked)); err != nil {
			return err
		}
	}
	return lines.Err()
}
