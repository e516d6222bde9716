import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Facts } from '@comity/core';
import { goProgram, goVersions, run, temporary } from '../go.ts';
import type { Logic, LogicSet } from '../logic.ts';
import type { Answer, Asking, Engine, Pace, Peer } from '../peer.ts';

/** OPA as a Go library, in a program of its own that is built on first use; a prepared query on one thread. */
export const opa: Peer = { name: 'OPA (Go, prepared query)', start: (rules) => start(opa.name, rules, 'reasons') };

/** The same, and what it tried on the way is kept: its own trace. */
export const tracedOpa: Peer = { name: 'OPA with trace', start: (rules) => start(tracedOpa.name, rules, 'traced') };

async function start(name: string, rules: LogicSet, reasons: 'reasons' | 'traced'): Promise<Engine> {
  const program = goProgram('opa');
  const dir = temporary('comity-opa-');
  const policy = join(dir, 'rules.rego');
  writeFileSync(policy, regoOf(rules));
  const versions = goVersions('opa', 'github.com/open-policy-agent/opa');
  const ask = (cases: readonly Facts[], args: readonly string[]): unknown => {
    const inputs = join(dir, 'inputs.json');
    writeFileSync(inputs, JSON.stringify(cases));
    return JSON.parse(run(program, [...args, policy, inputs], { env: { GOMAXPROCS: '1' } }));
  };
  return {
    name,
    version: `${versions.module.replace(/^v/, '')}, ${versions.go}`,
    // Parser: the program's own output; main.go writes these fields and no others.
    answers: async (cases) => ask(cases, ['answers']) as readonly Answer[],
    pace: async (cases, asking: Asking, seconds) =>
      ask(cases, ['pace', asking === 'reasons' ? reasons : asking, String(seconds)]) as Pace,
  } satisfies Engine;
}

/** The rules as Rego: a set of the rules that stop a transfer, and whether any does. */
export function regoOf({ definitions, rules }: LogicSet): string {
  const writing: Writing = { helpers: [], count: 0 };
  const named = [...definitions].map(([name, logic]) => rule(keyOf(name), logic, writing));
  const stops = rules.map(({ id, stops }) => `stops contains ${JSON.stringify(id)} if {\n${body(stops, writing)}\n}`);
  return ['package comity', ...named, ...stops, 'stopped if {\n  some _ in stops\n}', ...writing.helpers].join('\n\n');
}

interface Writing {
  readonly helpers: string[];
  count: number;
}

/** A rule with one body, or with one for each branch of an `any`. */
function rule(name: string, logic: Logic, at: Writing): string {
  const branches = logic.op === 'any' ? logic.of : [logic];
  return branches.map((branch) => `${name} if {\n${body(branch, at)}\n}`).join('\n\n');
}

function body(logic: Logic, at: Writing): string {
  const lines = logic.op === 'all' ? logic.of : [logic];
  return lines.map((line) => `  ${expression(line, at)}`).join('\n');
}

function expression(logic: Logic, at: Writing): string {
  switch (logic.op) {
    case 'true':
    case 'false':
      return logic.op;
    case 'all':
    case 'any':
      return helper(logic, at);
    case 'not':
      return logic.of.op === 'ref' ? `not ${keyOf(logic.of.name)}` : `not ${helper(logic.of, at)}`;
    case 'ref':
      return keyOf(logic.name);
    case 'absent':
      return `not ${factOf(logic.fact)}`;
    case 'is':
      return `${factOf(logic.fact)} in ${setOf(logic.values)}`;
    case 'only':
      return `every member in ${factOf(logic.fact)} { member in ${setOf(logic.values)} }`;
    case 'some':
      return logic.atLeast <= 1
        ? helper(logic, at)
        : `count([member | some member in ${factOf(logic.fact)}; member in ${setOf(logic.values)}]) >= ${logic.atLeast}`;
    case 'number':
      return `${factOf(logic.fact)} ${SIGNS[logic.compare]} ${logic.bound}`;
  }
}

const SIGNS = { over: '>', atLeast: '>=', under: '<', atMost: '<=' } as const;

/** A rule of its own for a part of a condition, as Rego needs for "or" and "not". */
function helper(logic: Logic, at: Writing): string {
  const name = `h${at.count++}`;
  const isSome = logic.op === 'some' && logic.atLeast <= 1;
  const written = isSome
    ? `${name} if {\n  some member in ${factOf(logic.fact)}\n  member in ${setOf(logic.values)}\n}`
    : rule(name, logic, at);
  at.helpers.push(written);
  return name;
}

function setOf(values: readonly (string | boolean)[]): string {
  return values.length === 0 ? 'set()' : `{${values.map((value) => JSON.stringify(value)).join(', ')}}`;
}

function factOf(fact: string): string {
  return `input[${JSON.stringify(fact)}]`;
}

function keyOf(name: string): string {
  return `d_${name.replaceAll(/[^A-Za-z0-9]/g, '_')}`;
}
