import type { CaseView, MoveView } from '@comity/node/api';

/** Acts that are made where something must be seen first. */
const ELSEWHERE = ['assess', 'choose', 'minimise', 'open', 'share', 'open-share'];

/** What this person can decide now: what this office owes first, then acts on items, then the rest. */
export function decisionsIn(view: CaseView, party: string | undefined): readonly MoveView[] {
  const owed = view.duties.filter((duty) => duty.party === party).flatMap(({ acts }) => acts);
  const place = ({ type, items }: MoveView): number =>
    owed.includes(type) ? owed.indexOf(type) : owed.length + (items.length > 0 ? 0 : 1);
  return view.moves
    .filter(({ type, refusal }) => refusal === undefined && !ELSEWHERE.includes(type))
    .sort((a, b) => place(a) - place(b));
}
