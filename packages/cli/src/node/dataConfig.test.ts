import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PACKS } from '../places.ts';
import { fileIn } from '../testing/run.ts';
import { readData } from './dataConfig.ts';

const home = mkdtempSync(join(tmpdir(), 'comity-data-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

fileIn(home, 'connections.csv', 'email,at,ip\na@x.example,2026-03-01T00:00:00Z,192.0.2.1\n');
const entry = {
  dataset: 'connections',
  path: 'connections.csv',
  format: 'csv',
  category: 'traffic',
  identifiers: { email: 'email' },
  period: 'at',
  zone: 'Europe/Paris',
  columns: [
    { name: 'at', keep: true, reason: 'in-category', transform: { op: 'time', to: 'hour' } },
    { name: 'ip', keep: true, reason: 'in-category' },
    { name: 'email', keep: false, reason: 'direct-identifier' },
  ],
};

function read(data: object): unknown {
  const held = readData(fileIn(home, 'data.json', data), PACKS);
  return held.ok ? held.value : `${held.refusal.code} ${held.refusal.field}`;
}

describe('what an office holds', () => {
  it('is a catalogue with its columns, and facts of datasets and partners', () => {
    const cards = { 'dataset:connections': { 'data.categories': { has: ['personal'] } } };
    expect(read({ catalogue: [entry], cards })).toMatchObject({
      catalogue: [{ ...entry, path: join(home, 'connections.csv') }],
      factCards: cards,
      restrictedZip3: expect.arrayContaining(['036', '203']),
    });
    expect(read({})).toMatchObject({ catalogue: [], factCards: {} });
  });

  it('is refused by the place of what is wrong: a column that was misspelt must not leave', () => {
    const [first] = entry.columns;
    for (const [change, wrong] of [
      [{ path: 'none.csv' }, `not-found ${join(home, 'none.csv')}`],
      [{ format: 'xlsx' }, 'field-invalid data.catalogue.0.format'],
      [{ category: undefined }, 'field-missing data.catalogue.0.category'],
      [{ dataset: 'No spaces' }, 'field-invalid data.catalogue.0.dataset'],
      [{ colour: 'red' }, 'field-unknown data.catalogue.0.colour'],
      [{ identifiers: { mail: 'email' } }, 'field-unknown data.catalogue.0.identifiers.mail'],
      [{ zone: 'Paris' }, 'field-invalid data.catalogue.0.zone'],
      [{ columns: [] }, 'field-invalid data.catalogue.0.columns'],
      [{ columns: [first, first] }, 'named-twice data.catalogue.0.columns.1.name'],
      [{ columns: [{ ...first, keep: 'yes' }] }, 'field-invalid data.catalogue.0.columns.0.keep'],
      [{ columns: [{ ...first, reason: 'why not' }] }, 'field-invalid data.catalogue.0.columns.0.reason'],
      [{ columns: [{ ...first, transform: { op: 'blur' } }] }, 'field-invalid data.catalogue.0.columns.0.transform.op'],
      [{ columns: [{ ...first, transform: { op: 'time' } }] }, 'field-invalid data.catalogue.0.columns.0.transform.to'],
      [{ columns: [{ ...first, transform: { op: 'dateShift' } }] }, 'field-missing data.catalogue.0.columns.0.transform.subject'],
      [{ columns: [{ ...first, keep: false, reason: 'not-needed' }] }, 'field-unknown data.catalogue.0.columns.0.transform'],
    ] as const)
      expect(read({ catalogue: [{ ...entry, ...change }] })).toBe(wrong);
    expect(read({ catalogue: [entry, entry] })).toBe('named-twice data.catalogue.1.dataset');
    expect(read({ tables: [] })).toBe('field-unknown data.tables');
  });

  it('and so is a fact that the law does not know', () => {
    expect(read({ cards: { 'dataset:x': { 'data.colour': 'red' } } })).toBe('fact-unknown data.cards.dataset:x: data.colour');
    expect(read({ cards: { 'dataset:x': { 'data.form': 'blurred' } } })).toBe('fact-invalid data.cards.dataset:x: data.form');
  });
});
