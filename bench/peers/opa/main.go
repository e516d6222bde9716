// Command opa asks Open Policy Agent the questions of the bench: which rules stop a transfer, and how long it takes to say so.
//
//	opa answers POLICY INPUTS                             writes one answer for each input
//	opa pace reasons|traced|bare SECONDS POLICY INPUTS   decides all inputs for about so many seconds, writes seconds per decision
//
// With `reasons` the input is handed in as Go values and the set of rules is asked for, with `traced` also what was tried on the way; with `bare` it is parsed beforehand and only whether any rule stops it.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strconv"
	"syscall"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/topdown"
)

type answer struct {
	Stops  []string `json:"stops"`
	Failed string   `json:"failed,omitempty"`
}

type pace struct {
	Wall float64 `json:"wall"`
	CPU  float64 `json:"cpu"`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) < 3 {
		return fmt.Errorf("usage: opa answers POLICY INPUTS | opa pace reasons|traced|bare SECONDS POLICY INPUTS")
	}
	inputs, err := readInputs(args[len(args)-1])
	if err != nil {
		return err
	}
	what := "data.comity.stops"
	if args[1] == "bare" {
		what = "data.comity.stopped"
	}
	query, err := prepare(args[len(args)-2], what)
	if err != nil {
		return err
	}
	var out any
	if args[0] == "answers" {
		out = answers(query, inputs)
	} else if out, err = measure(query, inputs, args); err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(out)
}

func readInputs(path string) ([]map[string]any, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var inputs []map[string]any
	return inputs, json.Unmarshal(text, &inputs)
}

func prepare(path, what string) (rego.PreparedEvalQuery, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return rego.PreparedEvalQuery{}, err
	}
	return rego.New(rego.Query(what), rego.Module("rules.rego", string(text))).PrepareForEval(context.Background())
}

func answers(query rego.PreparedEvalQuery, inputs []map[string]any) []answer {
	said := make([]answer, 0, len(inputs))
	for _, input := range inputs {
		results, err := query.Eval(context.Background(), rego.EvalInput(input))
		one := answer{Stops: []string{}}
		if err != nil {
			one.Failed = err.Error()
		} else if len(results) > 0 {
			// The query is a set of strings, which Go is handed as a list.
			if names, ok := results[0].Expressions[0].Value.([]any); ok {
				for _, name := range names {
					one.Stops = append(one.Stops, fmt.Sprint(name))
				}
			}
		}
		sort.Strings(one.Stops)
		said = append(said, one)
	}
	return said
}

func measure(query rego.PreparedEvalQuery, inputs []map[string]any, args []string) (pace, error) {
	seconds, err := strconv.ParseFloat(args[2], 64)
	if err != nil {
		return pace{}, err
	}
	options := make([]rego.EvalOption, len(inputs))
	for i, input := range inputs {
		options[i] = rego.EvalInput(input)
		if args[1] == "bare" {
			parsed, err := ast.InterfaceToValue(input)
			if err != nil {
				return pace{}, err
			}
			options[i] = rego.EvalParsedInput(parsed)
		}
	}
	done, start, cpu := 0, time.Now(), spent()
	for time.Since(start).Seconds() < seconds {
		for _, option := range options {
			asking := []rego.EvalOption{option}
			if args[1] == "traced" {
				asking = append(asking, rego.EvalQueryTracer(topdown.NewBufferTracer()))
			}
			if _, err := query.Eval(context.Background(), asking...); err != nil {
				return pace{}, err
			}
		}
		done += len(options)
	}
	count := float64(done)
	return pace{Wall: time.Since(start).Seconds() / count, CPU: (spent() - cpu) / count}, nil
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
