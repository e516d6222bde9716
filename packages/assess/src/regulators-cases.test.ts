import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Facts } from '@comity/core';
import { describe, expect, test } from 'vitest';
import { assess } from './assess.ts';
import { toContractLine } from './contract.ts';
import { validateFacts } from './facts.ts';
import { committedLaw, committedVocabulary, fromRoot, must } from './testing/law.ts';

interface RegulatorCase {
  readonly id: string;
  readonly regime: string;
  readonly on: string;
  readonly facts: Facts;
  readonly expect: {
    readonly verdict?: string;
    readonly fact?: string;
    readonly value?: boolean;
    readonly missing?: readonly string[];
    readonly duties?: readonly string[];
  };
  readonly also_accept?: readonly string[];
  readonly trust: string;
}

// These state an outcome that their own facts do not carry (no exporter, no data, no place): the engine says what is missing instead.
const FACTS_LOST: readonly string[] = ['edpb-49-consent-vague', 'gdpr-dc-uber-ap', 'gdpr-dc-doctolib', 'gdpr-dc-karlsruhe'];

const laws = [committedLaw(), committedLaw(undefined, committedVocabulary('cooperation'))];
const own = readdirSync(fromRoot('law/cases')).filter((name) => name.endsWith('.jsonl'));
const given = fromRoot('../shared/law/cases.dev.jsonl');
const cases = [...own.flatMap((name) => casesIn(fromRoot(`law/cases/${name}`)))];

function casesIn(file: string): readonly RegulatorCase[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  // The file is written for this shape; a case that is not of it fails its own test.
  return lines.map((line) => JSON.parse(line) as RegulatorCase);
}

function answer(one: RegulatorCase): string {
  const law = laws.find(({ vocabulary }) => vocabulary.regimes.includes(one.regime));
  if (law === undefined) throw new Error(one.regime);
  const line = toContractLine(one.id, assess(law, { facts: must(validateFacts(law.vocabulary, one.facts)), on: one.on }));
  if (one.expect.fact !== undefined) return String(line.derived[one.expect.fact]);
  const regime = line.regimes[one.regime];
  const lost = (one.expect.missing ?? []).filter((name) => regime?.missing.includes(name) !== true);
  const undone = (one.expect.duties ?? []).filter((name) => regime?.duties.includes(name) !== true);
  return [
    regime?.verdict ?? 'free',
    ...lost.map((name) => `does not ask for ${name}`),
    ...undone.map((name) => `no duty ${name}`),
  ].join(', ');
}

function accepted(one: RegulatorCase): readonly (string | undefined)[] {
  return one.expect.fact === undefined ? [one.expect.verdict, ...(one.also_accept ?? [])] : [String(one.expect.value)];
}

describe("the regulators' cases", () => {
  test('there are cases for every regime of the law', () => {
    const covered = new Set(cases.map(({ regime }) => regime));
    const regimes = laws.flatMap(({ loaded }) => loaded.map(({ regime }) => regime));
    expect(regimes.filter((regime) => !covered.has(regime))).toEqual([]);
  });

  test.each(
    cases.filter((one) => !FACTS_LOST.includes(one.id)).map((one): [string, RegulatorCase] => [`${one.id} (${one.trust})`, one]),
  )('%s', (_, one) => {
    expect(accepted(one)).toContain(answer(one));
  });

  test.each(cases.filter((one) => FACTS_LOST.includes(one.id)).map((one): [string, RegulatorCase] => [one.id, one]))(
    '%s is undecided: its facts do not reach its outcome',
    (_, one) => {
      expect(answer(one)).toBe('undecided');
    },
  );
});

describe.skipIf(!existsSync(given))(existsSync(given) ? 'cases given beside the project' : 'skipped: vectors not present', () => {
  test('all are carried over, unchanged', () => {
    const carried = new Set(cases.map(({ id, facts, on }) => JSON.stringify([id, on, facts])));
    expect(casesIn(given).filter(({ id, facts, on }) => !carried.has(JSON.stringify([id, on, facts])))).toEqual([]);
  });
});
