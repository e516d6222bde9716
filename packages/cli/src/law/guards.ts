import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assess, compileLaw, toContractLine, validateFacts } from '@comity/assess';
import { checkDiscipline, type Discipline, type Frozen, freeze, type World } from '@comity/assess/check';
import { canonicalJson, type Facts, isJsonObject } from '@comity/core';
import { sha256 } from '@comity/node/keys';
import { parse } from 'yaml';
import type { WrittenPack } from './packs.ts';

/** A regulator's worked example, a judgment or a sentence of a rule, as facts and an outcome (law/cases). */
export interface LawCase {
  readonly id: string;
  readonly regime: string;
  readonly on: string;
  readonly facts: Facts;
  readonly expect: {
    readonly verdict?: string;
    readonly fact?: string;
    readonly value?: boolean;
    readonly missing?: readonly string[];
  };
  readonly also_accept?: readonly string[];
  readonly trust: string;
}

/** A case that the packs answer otherwise. */
export interface CaseFault {
  readonly id: string;
  readonly trust: string;
  readonly expected: string;
  readonly found: string;
}

/** What a pack is guarded by, and what came of it. */
export interface Guarded extends Discipline {
  readonly cases: number;
  readonly caseFaults: readonly CaseFault[];
}

/** A case whose trust lets it bind: the source itself was read, or it states our own meaning. */
const BINDING = ['A', 'B', 'B-derived', 'J'];

/** Whether a failing case fails the check; another asks for its source to be read. */
export function binds({ trust }: Pick<CaseFault, 'trust'>): boolean {
  return BINDING.includes(trust);
}

/** Checks a pack with everything that guards it in the law folder: its examples, its frozen decisions, its cases. */
export function guard(written: WrittenPack, lawDir: string, today: string): Guarded {
  const { pack, vocabulary } = written;
  const justified = justifiedIn(lawDir)[pack.id] ?? {};
  const discipline = checkDiscipline(pack, vocabulary, { frozen: frozenOf(lawDir, pack.id), justified, today });
  const cases = casesOf(lawDir, pack.regime);
  return { ...discipline, cases: cases.length, caseFaults: caseFaults(written, cases, answeredOtherwise(lawDir)) };
}

/** Freezes the decisions of a pack anew. Gives those that were frozen before and now differ, and the changes that nothing notices. */
export async function refreeze({ pack, vocabulary }: WrittenPack, lawDir: string): Promise<readonly string[]> {
  const seeds = casesOf(lawDir, pack.regime).map(({ on, facts }): World => ({ on, facts }));
  const { frozen, survivors } = freeze(pack, vocabulary, seeds);
  await mkdir(join(lawDir, 'decisions'), { recursive: true });
  const lines = frozen.map((entry) => canonicalJson(entry));
  const file = join(lawDir, 'decisions', `${pack.id}.jsonl`);
  // Whole or not at all: half a file of frozen decisions would guard half the law.
  await writeFile(`${file}.part`, lines.map((line) => `${line}\n`).join(''));
  await rename(`${file}.part`, file);
  return survivors;
}

/** The frozen decisions of a pack. */
export function frozenOf(lawDir: string, id: string): readonly Frozen[] {
  return jsonLines(join(lawDir, 'decisions', `${id}.jsonl`));
}

/** The cases of a regime. */
export function casesOf(lawDir: string, regime: string): readonly LawCase[] {
  return jsonLines(join(lawDir, 'cases', `${regime}.jsonl`));
}

/** Lines of JSON that this program or a reviewer of the law wrote. Throws, naming file and line, where one is none. */
function jsonLines<V>(file: string): readonly V[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, i) => (line.trim() === '' ? [] : [jsonIn<V>(line, `${file}:${i + 1}`)]));
}

function jsonIn<V>(line: string, at: string): V {
  try {
    return JSON.parse(line) as V;
  } catch (error) {
    throw new Error(`${at}: ${String(error)}`, { cause: error });
  }
}

type Reasons = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Changes of a pack that change nothing, each with its reason (law/decisions/justified.yaml). */
function justifiedIn(lawDir: string): Reasons {
  const file = join(lawDir, 'decisions', 'justified.yaml');
  const json: unknown = existsSync(file) ? parse(readFileSync(file, 'utf8')) : {};
  return isJsonObject(json) ? (json as Reasons) : {};
}

/** Cases whose facts do not carry their outcome, or whose source says otherwise, with what is answered instead (law/cases/otherwise.yaml). */
export function answeredOtherwise(lawDir: string): Readonly<Record<string, { readonly answer: string; readonly why: string }>> {
  const file = join(lawDir, 'cases', 'otherwise.yaml');
  const json: unknown = existsSync(file) ? parse(readFileSync(file, 'utf8')) : {};
  return isJsonObject(json) ? (json as Readonly<Record<string, { answer: string; why: string }>>) : {};
}

function caseFaults(
  { pack, vocabulary }: WrittenPack,
  cases: readonly LawCase[],
  otherwise: ReturnType<typeof answeredOtherwise>,
): readonly CaseFault[] {
  const law = compileLaw(vocabulary, [pack], sha256);
  return cases.flatMap((one) => {
    const facts = validateFacts(vocabulary, one.facts);
    const line = facts.ok ? toContractLine(one.id, assess(law, { facts: facts.value, on: one.on })) : undefined;
    const regime = line?.regimes[pack.regime];
    const verdict = regime?.verdict ?? 'free';
    const derived = one.expect.fact === undefined ? undefined : String(line?.derived[one.expect.fact]);
    const lost = (one.expect.missing ?? []).filter((name) => regime?.missing.includes(name) !== true);
    const found = facts.ok ? [derived ?? verdict, ...lost.map((name) => `not asked: ${name}`)].join(', ') : facts.refusal.code;
    const accepted =
      otherwise[one.id]?.answer ?? [one.expect.verdict ?? String(one.expect.value), ...(one.also_accept ?? [])].join(' or ');
    return accepted.split(' or ').includes(found) ? [] : [{ id: one.id, trust: one.trust, expected: accepted, found }];
  });
}
