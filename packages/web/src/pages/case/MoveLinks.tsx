import type { CaseView } from '@comity/node/api';
import { Link } from '@tanstack/react-router';
import { useWords } from '../../words/useWords.ts';
import { pageOf } from './pageOf.ts';

/** The acts that this person may make now, as buttons. */
export function MoveLinks({ view }: { readonly view: CaseView }) {
  const { term } = useWords();
  const open = view.moves.filter((move) => move.refusal === undefined);
  if (open.length === 0) return null;
  return (
    <div className="actions no-print">
      {open.map((move) => {
        const label = term(`act.${move.type}`);
        if (pageOf(move.type) === 'assess')
          return (
            <Link key={move.type} to="/cases/$id/assess" params={{ id: view.id }} className="button quiet-button">
              {label}
            </Link>
          );
        return (
          <Link
            key={move.type}
            to="/cases/$id"
            params={{ id: view.id }}
            search={{ move: move.type }}
            hash="act"
            className="button quiet-button"
          >
            {label}
          </Link>
        );
      })}
    </div>
  );
}
