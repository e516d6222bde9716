// Command tessera measures how fast Tessera's POSIX driver appends durably: entries of one size, given by so many appenders at a time,
// each of which waits for the answer before it gives the next.
//
//	tessera append index|checkpoint DIR BATCH AGE_MS APPENDERS BYTES SECONDS
//
// With `index` an appender waits until the index of its entry is durable, and everything else is as Tessera ships it: fsync on, no antispam,
// Ed25519, a checkpoint every 10 seconds. With `checkpoint` it waits until a signed checkpoint holds its entry as well, and one is published
// every 100 ms, the shortest interval that Tessera allows. DIR must be a fresh folder.
// It writes how many entries were acknowledged in how many seconds of the wall and of this process's CPU, and how long an appender waited, in
// milliseconds.
package main

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"time"

	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/storage/posix"
	"golang.org/x/mod/sumdb/note"
)

const (
	// warmUp is left out of what is measured.
	warmUp = 500 * time.Millisecond
	// interval between checkpoints and look is how often a waiting appender looks for one.
	interval = 100 * time.Millisecond
	look     = 5 * time.Millisecond
)

// addFn gives an entry to the log and returns when it is answered.
type addFn func(context.Context, *tessera.Entry) error

type task struct {
	signed    bool
	dir       string
	batch     uint
	age       time.Duration
	appenders int
	bytes     int
	length    time.Duration
}

type found struct {
	Entries int     `json:"entries"`
	Wall    float64 `json:"wall"`
	CPU     float64 `json:"cpu"`
	P50     float64 `json:"p50"`
	P99     float64 `json:"p99"`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	asked, err := read(args)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	add, reader, err := open(ctx, asked)
	if err != nil {
		return err
	}
	said, err := measure(ctx, add, asked)
	if err != nil {
		return err
	}
	// A tree that is smaller than what was acknowledged has lost something: then there is no figure.
	if size, err := reader.IntegratedSize(ctx); err != nil || size < uint64(said.Entries) {
		return fmt.Errorf("the tree holds %d of %d acknowledged entries (%v)", size, said.Entries, err)
	}
	return json.NewEncoder(os.Stdout).Encode(said)
}

func read(args []string) (task, error) {
	usage := errors.New("usage: tessera append index|checkpoint DIR BATCH AGE_MS APPENDERS BYTES SECONDS")
	if len(args) != 8 || args[0] != "append" || (args[1] != "index" && args[1] != "checkpoint") {
		return task{}, usage
	}
	numbers := make([]float64, 0, 5)
	for _, text := range args[3:] {
		number, err := strconv.ParseFloat(text, 64)
		if err != nil || number <= 0 || math.IsInf(number, 0) {
			return task{}, usage
		}
		numbers = append(numbers, number)
	}
	return task{
		signed:    args[1] == "checkpoint",
		dir:       args[2],
		batch:     uint(numbers[0]),
		age:       time.Duration(numbers[1] * float64(time.Millisecond)),
		appenders: int(numbers[2]),
		bytes:     max(16, int(numbers[3])),
		length:    time.Duration(numbers[4] * float64(time.Second)),
	}, nil
}

func open(ctx context.Context, asked task) (addFn, tessera.LogReader, error) {
	secret, _, err := note.GenerateKey(rand.Reader, "bench.example/log")
	if err != nil {
		return nil, nil, err
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		return nil, nil, err
	}
	driver, err := posix.New(ctx, posix.Config{Path: asked.dir})
	if err != nil {
		return nil, nil, err
	}
	options := tessera.NewAppendOptions().WithCheckpointSigner(signer).WithBatching(asked.batch, asked.age)
	if asked.signed {
		options = options.WithCheckpointInterval(interval)
	}
	appender, _, reader, err := tessera.NewAppender(ctx, driver, options)
	if err != nil {
		return nil, nil, err
	}
	if !asked.signed {
		return func(ctx context.Context, entry *tessera.Entry) error {
			_, err := appender.Add(ctx, entry)()
			return err
		}, reader, nil
	}
	waiter := tessera.NewPublicationAwaiter(ctx, reader.ReadCheckpoint, look)
	return func(ctx context.Context, entry *tessera.Entry) error {
		_, _, err := waiter.Await(ctx, appender.Add(ctx, entry))
		return err
	}, reader, nil
}

// measure lets the appenders work, and counts what was acknowledged between the end of the warm-up and the end.
func measure(ctx context.Context, add addFn, asked task) (found, error) {
	from := time.Now().Add(warmUp)
	until := from.Add(asked.length)
	waited := make([][]float64, asked.appenders)
	failed := make([]error, asked.appenders)
	var all sync.WaitGroup
	for i := range asked.appenders {
		all.Go(func() { waited[i], failed[i] = work(ctx, add, asked, [2]time.Time{from, until}) })
	}
	time.Sleep(time.Until(from))
	cpu := spent()
	time.Sleep(time.Until(until))
	cpu = spent() - cpu
	all.Wait()
	if err := errors.Join(failed...); err != nil {
		return found{}, err
	}
	times := slices.Concat(waited...)
	if len(times) == 0 {
		return found{}, errors.New("nothing was acknowledged in this time")
	}
	slices.Sort(times)
	return found{Entries: len(times), Wall: asked.length.Seconds(), CPU: cpu, P50: quantile(times, 0.5), P99: quantile(times, 0.99)}, nil
}

// work is one appender: milliseconds from giving an entry to its answer, for each one acknowledged within the window.
func work(ctx context.Context, add addFn, asked task, window [2]time.Time) ([]float64, error) {
	var waited []float64
	given := make([]byte, asked.bytes)
	if _, err := rand.Read(given); err != nil {
		return nil, err
	}
	for count := uint64(0); ; count++ {
		start := time.Now()
		if start.After(window[1]) {
			return waited, nil
		}
		entry := slices.Clone(given)
		binary.BigEndian.PutUint64(entry, count)
		if err := add(ctx, tessera.NewEntry(entry)); err != nil {
			return nil, err
		}
		if end := time.Now(); end.After(window[0]) && end.Before(window[1]) {
			waited = append(waited, float64(end.Sub(start).Microseconds())/1000)
		}
	}
}

// quantile is the nearest rank of a sorted row.
func quantile(sorted []float64, share float64) float64 {
	return sorted[max(0, int(math.Ceil(share*float64(len(sorted))))-1)]
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
