package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// head is what a checkpoint says.
type head struct {
	origin string
	tree   tlog.Tree
}

// parseHead reads the text of a checkpoint (C2SP tlog-checkpoint).
func parseHead(text string) (head, error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 || lines[len(lines)-1] != "" || slices.Contains(lines[:len(lines)-1], "") {
		return head{}, errors.New("the checkpoint does not have its three lines")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return head{}, errors.New("the size of the checkpoint cannot be read")
	}
	root, err := decodeHash(lines[2])
	if err != nil {
		return head{}, fmt.Errorf("the root of the checkpoint: %w", err)
	}
	return head{origin: lines[0], tree: tlog.Tree{N: size, Hash: root}}, nil
}

// openCheckpoint opens a note that every one of the keys must have signed, and whose origin is the name of the first.
func openCheckpoint(text []byte, keys []note.Verifier) (head, error) {
	if len(keys) == 0 {
		return head{}, errors.New("no key was given")
	}
	opened, err := note.Open(text, note.VerifierList(keys...))
	if err != nil {
		return head{}, err
	}
	for _, key := range keys {
		signed := func(by note.Signature) bool { return by.Name == key.Name() && by.Hash == key.KeyHash() }
		if !slices.ContainsFunc(opened.Sigs, signed) {
			return head{}, fmt.Errorf("the checkpoint is not signed by %s+%08x", key.Name(), key.KeyHash())
		}
	}
	found, err := parseHead(opened.Text)
	if err == nil && found.origin != keys[0].Name() {
		return head{}, fmt.Errorf("the checkpoint is of %q", found.origin)
	}
	return found, err
}

func decodeHash(text string) (tlog.Hash, error) {
	bytes, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil || len(bytes) != tlog.HashSize {
		return tlog.Hash{}, errors.New("not 32 bytes in base64")
	}
	return tlog.Hash(bytes), nil
}
