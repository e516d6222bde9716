import type { ImportView, OpeningView } from '@comity/node/api';
import { describe, expect, test } from 'vitest';
import { emptyDraft } from '../request/anyDraft.ts';
import { kindOfFile, lineAt, piecesOf, proposedFor } from './outside.ts';

type Draft = NonNullable<ImportView['draft']>;

const text = 'Ref 17/26\nm.duarte@skymail.example, +33 6 12';
const at = (from: number, to: number) => ({ kind: 'text', from, to }) as const;
const value = (part: object) => ({ by: 'machine', doubts: [], ...part }) as unknown as Draft['values'][number];
const found = (values: Draft['values']): Draft => ({ text, values, items: [], open: [], readable: true });

describe('the text of an original', () => {
  test('is cut so that each proposal has its place, and nothing of it is lost', () => {
    const pieces = piecesOf(found([value({ place: at(10, 34) }), value({ place: at(4, 9) }), value({ place: at(20, 34) })]));
    expect(pieces.map(({ text: piece }) => piece).join('')).toBe(text);
    expect(pieces.filter(({ marked }) => marked).map(({ text: piece }) => piece)).toEqual(['17/26', 'm.duarte@skymail.example']);
    expect(lineAt(text, 10)).toBe(2);
  });

  test('stays whole where a place points outside it', () => {
    expect(piecesOf(found([value({ place: at(4, 900) }), value({ place: { kind: 'path', path: '/a' } })]))).toEqual([
      { text, from: 0, marked: false },
    ]);
  });
});

describe('the form of a procedure', () => {
  const opening = {
    procedure: 'p',
    seats: [],
    categories: ['subscriber', 'traffic'],
    identifierTypes: ['email', 'phone'],
  } as unknown as OpeningView;
  const start = emptyDraft(opening, 'UTC', []);

  test('gets the identifiers that a program found, once each, and neither their category nor a period', () => {
    const mail = value({ field: 'identifier', value: 'a@b.example', reads: 'email', place: at(0, 1) });
    const mac = value({ field: 'identifier', value: '00:00:5e:00:53:01', reads: 'mac_address', place: at(1, 2) });
    const data = value({ field: 'data', value: 'subscriber data', reads: 'subscriber', place: at(2, 3) });
    const { draft, filled, left } = proposedFor(opening, start, found([mail, mail, mac, data]));
    expect(draft.items).toEqual([
      { id: 'i1', type: 'email', value: 'a@b.example', category: '', from: '', until: '', zone: 'UTC' },
    ]);
    expect([filled, left, draft.texts]).toEqual([1, 1, {}]);
  });

  test('gets data and period where the sender stated them, on the clock that was stated', () => {
    const item = {
      item: {
        id: 'x',
        identifierType: 'email',
        category: 'traffic',
        period: { from: '2026-03-01T00:00:00.000Z', until: '2026-07-01T00:00:00.000Z' },
        zone: 'Europe/Lisbon',
      },
      identifier: { type: 'email', value: 'a@b.example' },
      by: 'sender',
    } as unknown as Draft['items'][number];
    const { draft } = proposedFor(opening, start, { ...found([]), items: [item] });
    expect(draft.items[0]).toMatchObject({ category: 'traffic', from: '2026-03-01T00:00', until: '2026-07-01T01:00' });
  });

  test('stays as it is where nothing was found, or what was read is gone', () => {
    expect(proposedFor(opening, start, null).draft).toEqual(start);
    expect(proposedFor(opening, start, found([])).draft).toEqual(start);
  });
});

test('a file is known by the end of its name', () => {
  expect(['Order.PDF', 'a.eml', 'b.html', 'pdf'].map(kindOfFile)).toEqual(['pdf', 'eml', undefined, 'pdf']);
});
