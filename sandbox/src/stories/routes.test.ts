import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256, signatureChecks } from '@comity/node/keys';
import { type CaseFile, parseTrust, verifyCase } from '@comity/verify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../sandbox.ts';
import { testSandbox } from '../testing.ts';
import { conflict } from './conflict.ts';
import { defence } from './defence.ts';
import { emergency } from './emergency.ts';
import { jit } from './jit.ts';
import { mla } from './mla.ts';
import { notice } from './notice.ts';
import type { Place } from './place.ts';
import { preservation } from './preservation.ts';
import { refusals } from './refusals.ts';
import { teller } from './teller.ts';

let sandbox: Sandbox & { readonly dir: string };
let passed = 0;

beforeAll(async () => {
  sandbox = await testSandbox({ routes: true, clock: () => Date.now() + passed });
}, 60_000);

afterAll(() => sandbox?.stop());

/** The one sandbox, as each story takes its place. */
function place(): Place {
  const pass = async (hours: number): Promise<void> => {
    passed += hours * 3_600_000;
    await Promise.all(sandbox.orgs.map(({ id }) => sandbox.node(id).house.witnesses.confirm(5000)));
  };
  const own = { sandbox, again: async () => sandbox, pass };
  const trustFile = join(sandbox.dir, 'trust.json');
  return { sandbox, dir: sandbox.dir, trustFile, keysOf: undefined, own, leave: async () => undefined };
}

const words: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'messages', 'stories.en.json'), 'utf8'),
);

describe('each route of cooperation, from the asking to the end of every copy', () => {
  // Days pass in some: those come last.
  it.each(Object.entries({ refusals, conflict, mla, defence, emergency, notice, preservation, jit }))(
    '%s goes by the book, as every holder’s file shows offline',
    async (_, story) => {
      const here = place();
      const told = await story(here, teller(words, true));
      const trust = parseTrust(JSON.parse(readFileSync(here.trustFile, 'utf8')), sha256);
      if (!trust.ok) throw new Error(trust.refusal.code);
      for (const { case: id, holders } of [told, ...(told.also ?? [])]) {
        for (const holder of holders) {
          await holder.read(id);
          const file = await holder.get<CaseFile>(`/api/cases/${id}/proof`);
          const { verdict, findings } = verifyCase(file, trust.value, { sha256, checks: signatureChecks });
          expect({ holder: holder.org, verdict, findings }).toEqual({ holder: holder.org, verdict: 'by-the-book', findings: [] });
        }
      }
    },
    60_000,
  );

  it('tells each of its sentences in words', () => {
    const told = Object.keys(words).filter((key) =>
      /^(preservation|emergency|mla|conflict|jit|defence|refusals|notice)\./.test(key),
    );
    expect(told.length).toBeGreaterThan(60);
    expect(told.filter((key) => words[key]?.trim() === '')).toEqual([]);
  });
});
