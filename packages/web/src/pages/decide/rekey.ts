import { type Identifier, type IdentifierType, type JsonObject, readIdentifier, sameIdentifier } from '@comity/core';
import type { CaseView, MoveView } from '@comity/node/api';

/** Why somebody who issues did not key the identifiers again, blind: the words of the procedures that ask. `compared-openly`: both keyings were looked at. */
export const NOT_REKEYED = ['source-not-here', 'source-unreadable', 'compared-openly'] as const;
export type NotRekeyed = (typeof NOT_REKEYED)[number];

/** One identifier of a case, once, with the numbers of the items that it stands in. */
export interface Wanted {
  readonly first: Identifier;
  readonly numbers: readonly number[];
}

/** How a second keying stands to the first. */
export type Keying = 'empty' | 'unreadable' | 'differs' | 'same';

/** What whoever decides has keyed and said. It is kept nowhere: what was keyed blind is of no use once it was compared. */
export interface Rekeyed {
  readonly texts: readonly string[];
  readonly why: NotRekeyed | '';
  /** Whether a first keying was shown: from then on nothing is blind. */
  readonly seen: boolean;
}

export const NOTHING_KEYED: Rekeyed = { texts: [], why: '', seen: false };

/** The identifiers that are to be keyed again for an act: none where its procedure does not ask, where this office does not see them, or for whoever keyed them first. */
export function wantedFor(
  view: CaseView,
  move: Pick<MoveView, 'mayCarry'>,
  own: { readonly party?: string; readonly person?: string },
): readonly Wanted[] {
  const [first] = view.acts;
  const drafted = first !== undefined && first.party === own.party && first.person === own.person;
  if (move.mayCarry['rekeyed'] === undefined || drafted) return [];
  const found = new Map<string, Wanted>();
  for (const [index, { identifier }] of view.items.entries()) {
    if (identifier === undefined || identifier.type === 'dataset') continue;
    // Parser: the node reads identifiers from the same closed list of types.
    const known = { type: identifier.type as IdentifierType, value: identifier.value };
    const key = `${known.type} ${known.value}`;
    found.set(key, { first: known, numbers: [...(found.get(key)?.numbers ?? []), index + 1] });
  }
  return [...found.values()];
}

/** Compares a second keying with the first: spelling that means the same is the same. */
export function keyingOf({ first }: Wanted, text: string): Keying {
  if (text.trim() === '') return 'empty';
  const again = { type: first.type, value: text };
  if (!readIdentifier(again).ok) return 'unreadable';
  return sameIdentifier(first, again) ? 'same' : 'differs';
}

/**
 * What the act says of the second keying; undefined where it cannot go on: something is not keyed and no reason stands, or something differs and was not compared with the source. Nothing at all where nothing
 * is to be keyed.
 */
export function saysOf(wanted: readonly Wanted[], { texts, why, seen }: Rekeyed): JsonObject | undefined {
  if (wanted.length === 0) return {};
  const keyings = wanted.map((one, index) => keyingOf(one, texts[index] ?? ''));
  if (!seen && keyings.every((keying) => keying === 'same')) return { rekeyed: true };
  // Who has seen a first keying has keyed them all: one that was left out was not compared with anything.
  if (seen) return keyings.every(isKeyed) ? { rekeyed: false, notRekeyed: 'compared-openly' } : undefined;
  const wrong = keyings.some((keying) => keying === 'differs' || keying === 'unreadable');
  return why === '' || wrong ? undefined : { rekeyed: false, notRekeyed: why };
}

function isKeyed(keying: Keying): boolean {
  return keying === 'same' || keying === 'differs';
}
