import type { CaseView } from '@comity/node/api';
import { Link } from '@tanstack/react-router';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { pageOf } from './pageOf.ts';

/** The acts that this person may make now, as buttons: what this office owes first. */
export function MoveLinks({ view }: { readonly view: CaseView }) {
  const { term } = useWords();
  const { party } = useOwn();
  const owed = view.duties.filter((duty) => duty.party === party?.id).flatMap((duty) => duty.acts);
  const place = (type: string): number => (owed.includes(type) ? owed.indexOf(type) : owed.length);
  const open = view.moves.filter((move) => move.refusal === undefined).sort((a, b) => place(a.type) - place(b.type));
  if (open.length === 0) return null;
  return (
    <div className="actions no-print">
      {open.map(({ type }) => {
        const look = { className: owed.includes(type) ? 'button' : 'button quiet-button', children: term(`act.${type}`) };
        const params = { id: view.id };
        const page = pageOf(type);
        if (page === 'assess') return <Link key={type} to="/cases/$id/assess" params={params} {...look} />;
        if (page === 'look') return <Link key={type} to="/cases/$id/look" params={params} {...look} />;
        return <Link key={type} to="/cases/$id" params={params} search={{ move: type }} hash="act" {...look} />;
      })}
    </div>
  );
}
