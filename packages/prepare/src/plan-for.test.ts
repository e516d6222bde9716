import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { DatasetEntry } from './catalogue.ts';
import { planDigest } from './plan.ts';
import { planFor } from './plan-for.ts';
import { ask, entryFor, OPTIONS, onlyPlan, value } from './testing/files.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const PERIOD = { from: '2026-01-01T00:00:00.000Z', until: '2026-02-01T00:00:00.000Z' };
const people = entryFor('people.csv', ['name']);
const claims: DatasetEntry = {
  ...entryFor('claims.csv', []),
  dataset: 'claims',
  category: 'records',
  identifiers: {},
  columns: [
    { name: 'mrn', keep: true, reason: 'needed-for-purpose', transform: { op: 'token' } },
    { name: 'note', keep: false, reason: 'free-text' },
  ],
};

function refusalOf(asked: Parameters<typeof ask>, entries: readonly DatasetEntry[], options = OPTIONS): string {
  const result = planFor([ask(...asked)], entries, options);
  return result.ok ? 'ok' : `${result.refusal.code} ${result.refusal.field}`;
}

describe('a plan names exactly what was approved', () => {
  it('refuses what no dataset of the holder answers', () => {
    expect(refusalOf(['email', 'a@b.example', { category: 'content', period: PERIOD }], [people])).toBe(
      'dataset-unknown items.0.item',
    );
    expect(refusalOf(['phone', '+35312345678'], [people])).toBe('dataset-unknown items.0.item');
    expect(refusalOf(['dataset', 'other', { category: 'records' }], [claims])).toBe('dataset-unknown items.0.item');
  });

  it('never projects a whole dataset that is not one of records', () => {
    expect(refusalOf(['dataset', 'people', { category: 'subscriber' }], [people])).toBe('dataset-unknown items.0.item');
  });

  it('refuses missing and reversed periods, and a period that the dataset cannot apply', () => {
    const traffic = entryFor('t.csv', ['ip'], { category: 'traffic' });
    expect(refusalOf(['email', 'a@b.example', { category: 'traffic' }], [traffic])).toBe('period-missing items.0.item.period');
    const reversed = { from: PERIOD.until, until: PERIOD.from };
    expect(refusalOf(['email', 'a@b.example', { category: 'traffic', period: reversed }], [traffic])).toBe(
      'period-reversed items.0.item.period',
    );
    expect(refusalOf(['email', 'a@b.example', { category: 'traffic', period: PERIOD }], [traffic])).toBe(
      'column-missing items.0.period',
    );
  });

  it('says so when subscriber data have no time by which a period could be applied', () => {
    expect(onlyPlan(ask('email', 'a@b.example', { period: PERIOD }), people).notes).toEqual(['period-not-applicable']);
  });

  it('refuses transforms whose key name, list or day is not given', () => {
    const { keyRef: _, ...without } = OPTIONS;
    expect(refusalOf(['dataset', 'claims', { category: 'records' }], [claims], without)).toBe(
      'field-missing items.0.options.keyRef',
    );
  });

  it('refuses a shift of dates by less than a day', () => {
    const transform = { op: 'dateShift', subject: 'mrn', maxDays: 0 } as const;
    const entry = { ...claims, columns: [{ name: 'd', keep: true, reason: 'needed-for-purpose', transform }] } as const;
    expect(refusalOf(['dataset', 'claims', { category: 'records' }], [entry])).toBe('field-invalid items.0.transform.maxDays');
  });

  it('refuses an entry that keeps no column, an empty identifier, and a nonce that is none', () => {
    expect(refusalOf(['email', 'a@b.example'], [entryFor('people.csv', [])])).toBe('nothing-selected items.0.columns');
    expect(refusalOf(['email', '  '], [people])).toBe('field-missing items.0.identifier.value');
    expect(refusalOf(['email', 'a@b.example'], [people], { nonce: 'short' })).toBe('field-invalid options.nonce');
    expect(planFor([], [people], OPTIONS).ok).toBe(false);
  });

  it('makes one plan for each item, with a digest that follows its every word and no key in it', () => {
    const plans = value(
      planFor([ask('email', 'a@b.example'), ask('dataset', 'claims', { category: 'records' })], [people, claims], OPTIONS),
    );
    expect(plans.map(({ dataset }) => dataset)).toEqual(['people', 'claims']);
    expect(plans[1]).toMatchObject({ match: null, columns: [{ name: 'mrn', transform: { op: 'token', keyRef: 'institute' } }] });
    const digests = [...plans, { ...onlyPlan(ask('email', 'a@b.example'), people), nonce: 'x' }].map((plan) =>
      planDigest(plan, sha256),
    );
    expect(new Set(digests).size).toBe(3);
    expect(planDigest(onlyPlan(ask('email', 'a@b.example'), people), sha256)).toBe(digests[0]);
  });
});
