import type { IdentifierType } from '@comity/core';
import type { ImportRow, ImportView, OpeningView } from '@comity/node/api';
import { FILE_KINDS, type FileKind } from '../../api/imports.ts';
import { wallOf } from '../../words/when.ts';
import { type AnyDraft, categoriesOf, typesOf } from '../request/anyDraft.ts';
import type { OrderItem } from '../request/order.ts';

type Draft = NonNullable<ImportView['draft']>;

/** What the node takes at most. */
export const MOST_BYTES = 20 * 1024 * 1024;

export function isUndecided({ state }: Pick<ImportRow, 'state'>): boolean {
  return state === 'quarantined' || state === 'proposed';
}

/** What a file is by the end of its name; the node looks into it for itself. */
export function kindOfFile(name: string): FileKind | undefined {
  const end = name.toLowerCase().split('.').at(-1);
  return FILE_KINDS.find((kind) => kind === end);
}

/** A piece of an original's text: between proposals, or what one or several of them were read from. */
export interface Piece {
  readonly text: string;
  readonly from: number;
  readonly marked: boolean;
}

/** An original's text in pieces, so that each proposal has its place in it. Places that overlap become one; places outside the text are left out. */
export function piecesOf({ text = '', values, items }: Draft): readonly Piece[] {
  const places = [...values, ...items].flatMap(({ place }) =>
    place.kind === 'text' && place.from < place.to && place.to <= text.length ? [place] : [],
  );
  const merged: { from: number; to: number }[] = [];
  for (const { from, to } of places.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last !== undefined && from < last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  const cuts = merged.flatMap(({ from, to }, index) => {
    const before = { text: text.slice(merged[index - 1]?.to ?? 0, from), from: merged[index - 1]?.to ?? 0, marked: false };
    return [before, { text: text.slice(from, to), from, marked: true }];
  });
  const end = merged.at(-1)?.to ?? 0;
  return [...cuts, { text: text.slice(end), from: end, marked: false }].filter((piece) => piece.text !== '');
}

/** The line of a text, from 1 on, on which a character stands. */
export function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}

/** What a form gets from a document, and how many items its procedure cannot ask for. */
export interface Proposed {
  readonly draft: AnyDraft;
  readonly filled: number;
  readonly left: number;
}

/**
 * Fills the form of a procedure with what a document proposes: its identifiers, and where its sender stated whole items, their data and periods. A category that a program
 * read out of running text, reasons and necessity are never filled in: a person says them.
 */
export function proposedFor(opening: OpeningView, start: AnyDraft, draft: Draft | null): Proposed {
  if (draft === null || opening.categories.length === 0) return { draft: start, filled: 0, left: 0 };
  const all = draft.items.length > 0 ? draft.items.map(itemOf) : identifiersIn(draft);
  const categories = categoriesOf(opening);
  const known = all
    .filter(({ type }) => typesOf(opening).includes(type))
    .map((item, index): OrderItem => {
      const category = categories.find((one) => one === item.category) ?? '';
      return { ...item, id: `i${index + 1}`, category };
    });
  const items = known.length === 0 ? start.items : known;
  return { draft: { ...start, items }, filled: known.length, left: all.length - known.length };
}

type Bare = Omit<OrderItem, 'id' | 'category'> & { readonly category: string };

function itemOf({ item, identifier, by }: Draft['items'][number]): Bare {
  const { type, value } = identifier;
  const zone = item.zone ?? 'UTC';
  const stated = by === 'sender';
  const { from, until } = (stated ? item.period : undefined) ?? { from: '', until: '' };
  const wall = (at: string): string => (at === '' ? '' : wallOf(at, zone));
  return { type, value, category: stated ? item.category : '', from: wall(from), until: wall(until), zone };
}

function identifiersIn({ values }: Draft): readonly Bare[] {
  const found = values.flatMap(({ field, value, reads }) =>
    field === 'identifier' && reads !== undefined
      ? [[`${reads} ${value}`, { type: reads as IdentifierType, value }] as const]
      : [],
  );
  // Parser: an identifier reads as one of the closed list of types; whatever is not offered by the procedure is left out by whoever calls.
  return [...new Map(found).values()].map((one) => ({ ...one, category: '', from: '', until: '', zone: 'UTC' }));
}
