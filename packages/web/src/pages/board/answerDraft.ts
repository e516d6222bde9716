import { isJsonObject } from '@comity/core';
import type { CaseView, MoveView } from '@comity/node/api';
import { type Deciding, EMPTY_MOVE, type MoveDraft, readMove, UNDECIDED } from '../case/moveDraft.ts';

/** What is being answered, by act: each item stands in one of them at most. */
export type AnswerDraft = Readonly<Record<string, MoveDraft>>;

/** One way to answer an item: an act, and a choice of it. */
export interface Option {
  readonly move: string;
  readonly choice: string;
}

/** Acts that have a page of their own, because something must be seen before: they are no choice in a list. */
const SEEN_FIRST = ['minimise', 'open', 'share', 'open-share'];

/** The acts by which items are answered here and now. */
export function answering(view: CaseView): readonly MoveView[] {
  return view.moves.filter(({ type, refusal, items }) => refusal === undefined && items.length > 0 && !SEEN_FIRST.includes(type));
}

/** The ways to answer one item: only those of this office's own seat and list, as the procedure gives them. */
export function optionsFor(view: CaseView, item: string): readonly Option[] {
  return answering(view).flatMap(({ type, items }) =>
    (items.find((one) => one.item === item)?.choices ?? []).map((choice) => ({ move: type, choice })),
  );
}

export function draftFor(draft: AnswerDraft, move: string): MoveDraft {
  return draft[move] ?? EMPTY_MOVE;
}

/** How an item is answered in the draft. */
export function answerTo(draft: AnswerDraft, item: string): { readonly move: string; readonly deciding: Deciding } | undefined {
  const found = Object.entries(draft).find(([, { decisions }]) => (decisions[item]?.choice ?? '') !== '');
  return found === undefined ? undefined : { move: found[0], deciding: found[1].decisions[item] ?? UNDECIDED };
}

/** The draft with another answer to an item; without one it is left open. */
export function withAnswer(
  draft: AnswerDraft,
  item: string,
  answer?: { readonly move: string; readonly deciding: Deciding },
): AnswerDraft {
  const without = Object.fromEntries(
    Object.entries(draft).map(([move, one]) => {
      const { [item]: _, ...decisions } = one.decisions;
      return [move, { ...one, decisions }];
    }),
  );
  if (answer === undefined) return without;
  const before = without[answer.move] ?? EMPTY_MOVE;
  return { ...without, [answer.move]: { ...before, decisions: { ...before.decisions, [item]: answer.deciding } } };
}

/** A kept draft, if each part has the form's shape. */
export function readAnswers(kept: unknown): AnswerDraft | undefined {
  if (!isJsonObject(kept)) return undefined;
  const parts = Object.entries(kept).map(([move, part]) => [move, readMove(part)] as const);
  return parts.every(([, part]) => part !== undefined)
    ? Object.fromEntries(parts.flatMap(([move, part]) => (part === undefined ? [] : [[move, part]])))
    : undefined;
}
