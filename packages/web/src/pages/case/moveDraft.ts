import { isJsonObject, type JsonObject } from '@comity/core';
import type { CaseView, MoveView } from '@comity/node/api';
import type { NewAct } from '../../api/queries.ts';
import { instantOf } from '../../words/when.ts';

/** One item's decision while it is being made; nothing is decided beforehand. */
export interface Deciding {
  readonly choice: string;
  readonly ground: string;
  readonly until: string;
}

/** What the form of a move holds. */
export interface MoveDraft {
  readonly decisions: Readonly<Record<string, Deciding>>;
  readonly texts: Readonly<Record<string, string>>;
  readonly members: Readonly<Record<string, string>>;
}

export const EMPTY_MOVE: MoveDraft = { decisions: {}, texts: {}, members: {} };
export const UNDECIDED: Deciding = { choice: '', ground: '', until: '' };

/** Members that the node fills in with what it counted, sealed or removed. */
const BY_THE_NODE = [
  'plan',
  'preview',
  'rowsTotal',
  'rowsKept',
  'manifest',
  'ciphertext',
  'size',
  'delivery',
  'method',
  'plaintext',
];
/** Sections that the node writes, and the reason that is asked for only once something halted. */
const NOT_ASKED = ['package', 'override'];
/** The questions that a vendor answers before it agrees. */
export const ANSWERS = ['stored', 'managed', 'destroyed', 'agreement'] as const;

export function sectionsAsked(move: MoveView): readonly string[] {
  return move.sections.filter((name) => !NOT_ASKED.includes(name));
}

export function carriedBy(move: MoveView, choice: string): readonly string[] {
  return (move.choices[choice]?.carries ?? []).filter((name) => !BY_THE_NODE.includes(name));
}

/** A kept draft, if it has the form's shape. */
export function readMove(kept: unknown): MoveDraft | undefined {
  if (!isJsonObject(kept)) return undefined;
  const parts = [kept['decisions'], kept['texts'], kept['members']];
  // Parser: what does not fit shows as empty fields; nothing is sent that is not looked at first.
  return parts.every(isJsonObject) ? (kept as unknown as MoveDraft) : undefined;
}

export type MoveFaults = Readonly<Record<string, string>>;

/** What is still missing, by the id of its field. */
export function faultsOfMove(move: MoveView, draft: MoveDraft): MoveFaults {
  const faults: Record<string, string> = {};
  const decided = move.items.filter(({ item }) => (draft.decisions[item]?.choice ?? '') !== '');
  if (move.items.length > 0 && decided.length === 0) faults['decisions'] = 'items-undecided';
  for (const { item } of move.items) {
    const { choice, ground, until } = draft.decisions[item] ?? UNDECIDED;
    if (choice === '' && move.complete) faults[`decide.${item}`] = 'items-undecided';
    if (choice === '') continue;
    if ((move.choices[choice]?.grounds.length ?? 0) > 0 && ground === '') faults[`ground.${item}`] = 'ground-unknown';
    if (carriedBy(move, choice).includes('until') && until === '') faults[`until.${item}`] = 'field-missing';
  }
  for (const name of move.required.filter((section) => sectionsAsked(move).includes(section)))
    for (const field of fieldsOf(name))
      if ((draft.texts[field] ?? '').trim() === '') faults[`section.${field}`] = 'field-missing';
  for (const name of Object.keys(move.carries))
    if ((draft.members[name] ?? '') === '') faults[`member.${name}`] = 'field-missing';
  return faults;
}

/** The text fields that a section is keyed in. */
export function fieldsOf(section: string): readonly string[] {
  return section === 'answers' ? ANSWERS.map((answer) => `answers.${answer}`) : [section];
}

/** The act that a filled-in form makes. Call only without faults. */
export function actOf(move: MoveView, draft: MoveDraft, view: CaseView, zone: string): NewAct {
  const decisions = move.items.flatMap(
    ({ item }) => decisionOf(item, draft.decisions[item] ?? UNDECIDED, { move, view, zone }) ?? [],
  );
  const members = Object.entries(move.carries).map(
    ([name, kind]) => [name, memberOf(draft.members[name] ?? '', kind, zone)] as const,
  );
  const sections = sectionsAsked(move).flatMap((name) => {
    const texts = fieldsOf(name).map((field) => [field.split('.')[1] ?? 'text', (draft.texts[field] ?? '').trim()] as const);
    return texts.some(([, text]) => text !== '') ? [[name, Object.fromEntries(texts)] as const] : [];
  });
  return {
    type: move.type,
    data: { ...Object.fromEntries(members), ...(move.items.length > 0 ? { decisions } : {}) },
    sections: Object.fromEntries(sections),
  };
}

interface Around {
  readonly move: MoveView;
  readonly view: CaseView;
  readonly zone: string;
}

function decisionOf(item: string, deciding: Deciding, { move, view, zone }: Around): JsonObject | undefined {
  if (deciding.choice === '') return undefined;
  const grounds = move.choices[deciding.choice]?.grounds ?? [];
  const carried = carriedBy(move, deciding.choice);
  return {
    item,
    choice: deciding.choice,
    ...(grounds.length > 0 ? { ground: deciding.ground } : {}),
    ...(carried.includes('until') ? { until: instantOf(deciding.until, zone) ?? '' } : {}),
    ...(move.type === 'validate-destruction' ? { ciphertext: destroyedCopy(view, item) } : {}),
  };
}

/** The digest of the copy that the vendor says it destroyed: what the client confirms. */
function destroyedCopy(view: CaseView, item: string): string {
  return String(view.items.find((one) => one.item.id === item)?.decisions['copy']?.['ciphertext'] ?? '');
}

/** What was keyed for a member, as its kind. */
export function memberOf(text: string, kind: string | readonly string[], zone: string): string | number | boolean {
  if (kind === 'flag') return text === 'yes';
  if (kind === 'count') return Number(text);
  return kind === 'instant' ? (instantOf(text, zone) ?? '') : text;
}
