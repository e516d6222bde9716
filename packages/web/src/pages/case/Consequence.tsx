import type { CaseView, MoveView } from '@comity/node/api';
import { nameOf } from '../../things/nameOf.ts';
import { useWords } from '../../words/useWords.ts';
import type { MoveDraft } from './moveDraft.ts';

/** What exactly will happen and cannot be taken back, in numbers and names, before it happens. */
export function Consequence({
  view,
  move,
  draft,
}: {
  readonly view: CaseView;
  readonly move: MoveView;
  readonly draft: MoveDraft;
}) {
  const { term, has } = useWords();
  const key = `consequence.${move.type}`;
  if (!has(key)) return null;
  const chosen = move.items.filter(({ item }) => (draft.decisions[item]?.choice ?? '') !== '').length;
  const approved = view.items.filter((item) => item.tracks['approval'] === 'approved').length;
  const seats = Object.fromEntries(Object.keys(view.seats).map((seat) => [seat, nameOf(view.parties, view.seats[seat])]));
  return <p className="consequence">{term(key, { ...seats, n: chosen, approved, items: view.items.length })}</p>;
}
