package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"strconv"
	"syscall"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// pace is seconds for each claim.
type pace struct {
	Wall float64 `json:"wall"`
	CPU  float64 `json:"cpu"`
}

// ready is a claim of inclusion whose texts were read beforehand; the note is opened each time when `checkpoint` is measured.
type ready struct {
	proof []tlog.Hash
	tree  tlog.Tree
	index int64
	leaf  tlog.Hash
	note  []byte
	keys  note.Verifiers
}

// measure checks the claims of a file, one line of JSON each, in turn for about so many seconds: `inclusion` alone, or `checkpoint`, where
// the note of each claim is opened with its keys first and its tree is the one that is believed.
func measure(args []string) (pace, error) {
	if len(args) != 3 || (args[0] != "inclusion" && args[0] != "checkpoint") {
		return pace{}, errors.New("usage: tlog pace inclusion|checkpoint SECONDS FILE")
	}
	length, err := strconv.ParseFloat(args[1], 64)
	if err != nil {
		return pace{}, err
	}
	claims, err := readClaims(args[2])
	if err != nil {
		return pace{}, err
	}
	done, start, cpu := 0, time.Now(), spent()
	for time.Since(start).Seconds() < length {
		for i := range claims {
			if err := claims[i].hold(args[0] == "checkpoint"); err != nil {
				return pace{}, err
			}
		}
		done += len(claims)
	}
	count := float64(done)
	return pace{Wall: time.Since(start).Seconds() / count, CPU: (spent() - cpu) / count}, nil
}

func (r *ready) hold(opening bool) error {
	tree := r.tree
	if opening {
		opened, err := note.Open(r.note, r.keys)
		if err != nil {
			return err
		}
		said, err := parseHead(opened.Text)
		if err != nil {
			return err
		}
		tree = said.tree
	}
	return tlog.CheckRecord(r.proof, tree.N, tree.Hash, r.index, r.leaf)
}

func readClaims(path string) ([]ready, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<28)
	var claims []ready
	for lines.Scan() {
		var asked claim
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			return nil, err
		}
		one, err := readyOf(asked)
		if err != nil {
			return nil, err
		}
		claims = append(claims, one)
	}
	if len(claims) == 0 {
		return nil, errors.New("no claims")
	}
	return claims, lines.Err()
}

func readyOf(asked claim) (ready, error) {
	numbers, err := numbersOf(asked.Size, asked.Index)
	if err != nil {
		return ready{}, err
	}
	hashes, err := hashesOf(append([]string{asked.Root, asked.Leaf}, asked.Proof...))
	if err != nil {
		return ready{}, err
	}
	keys, err := verifiersOf(asked.Keys)
	if err != nil {
		return ready{}, err
	}
	return ready{
		proof: hashes[2:],
		tree:  tlog.Tree{N: numbers[0], Hash: hashes[0]},
		index: numbers[1],
		leaf:  hashes[1],
		note:  []byte(asked.Note),
		keys:  note.VerifierList(keys...),
	}, nil
}

// spent is the CPU time of this process so far, in seconds, the garbage collector included.
func spent() float64 {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	return seconds(usage.Utime) + seconds(usage.Stime)
}

func seconds(spent syscall.Timeval) float64 {
	return float64(spent.Sec) + float64(spent.Usec)/1e6
}
