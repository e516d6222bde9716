// Command tlog reads transparency logs and judges proofs with the Go project's own packages (golang.org/x/mod/sumdb/note and tlog), which
// share no line with ours: what both accept is the standard, not our reading of it.
//
//	tlog read [-older FILE] [-sample N] [-seed N] WHERE VKEY...   reads a log from its address or folder, says what held as JSON
//	tlog prove                                                  makes the proofs that standard input asks for, one line of JSON each
//	tlog check                                                  judges the claims on standard input, one line of JSON each
//	tlog pace inclusion|checkpoint SECONDS FILE                 checks the claims of a file again and again, says seconds for each
//
// It ends with 1 and a sentence on standard error when a log cannot be read or does not hold.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return errors.New("usage: tlog read|prove|check|pace ...")
	}
	out := json.NewEncoder(os.Stdout)
	switch args[0] {
	case "read":
		found, err := readLog(args[1:])
		if err != nil {
			return err
		}
		return out.Encode(found)
	case "prove":
		return answer(os.Stdin, out, prove)
	case "check":
		return answer(os.Stdin, out, check)
	case "pace":
		found, err := measure(args[1:])
		if err != nil {
			return err
		}
		return out.Encode(found)
	}
	return fmt.Errorf("there is no %q", args[0])
}
