import type { DeskRow } from '@comity/node/api';
import { Link } from '@tanstack/react-router';
import type { PartyWithFacts } from '../../api/queries.ts';
import { ClockLine } from '../../things/Clock.tsx';
import { nameOf } from '../../things/nameOf.ts';
import { shortId } from '../../things/shortId.ts';
import { ExpiredMark, TurnMark } from '../../things/TurnMark.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';

/** One line of the desk: whose turn it is, what must be done by when, and the next act as a link. */
export function QueueRow({ row, known }: { readonly row: DeskRow; readonly known: readonly PartyWithFacts[] }) {
  const { t, term } = useWords();
  const { party } = useOwn();
  const [duty] = row.duties;
  const sentence =
    duty === undefined
      ? t(row.closed ? 'status.closed' : 'status.nothing')
      : term(`duty.${duty.id}`, { party: nameOf(known, duty.party) });
  const others = [...new Set(Object.values(row.parties))].filter((id) => id !== party?.id).map((id) => nameOf(known, id));
  return (
    <li>
      <div className="line">
        <Link to="/cases/$id" params={{ id: row.id }} className="sentence">
          {sentence}
        </Link>
        <p className="small quiet">
          {term(`procedure.${row.procedure}`)} <bdi className="mono">{shortId(row.id)}</bdi> ·{' '}
          {t('items.count', { n: row.items })}
          {others.length > 0 && (
            <>
              {' · '}
              <bdi>{others.join(', ')}</bdi>
            </>
          )}
        </p>
        {duty !== undefined && (
          <p className="small marks">
            <TurnMark ours={duty.party === party?.id} name={nameOf(known, duty.party)} />
            {row.expired && <ExpiredMark />}
            {duty.clock !== undefined && <ClockLine clock={duty.clock} />}
          </p>
        )}
      </div>
      <NextAct row={row} />
    </li>
  );
}

function NextAct({ row }: { readonly row: DeskRow }) {
  const { t, term } = useWords();
  const { party } = useOwn();
  const [duty] = row.duties;
  const next = duty !== undefined && duty.party === party?.id ? duty.acts[0] : undefined;
  if (next === undefined) return null;
  const many = (duty?.acts.length ?? 0) > 1;
  return (
    <Link to="/cases/$id" params={{ id: row.id }} search={many ? {} : { move: next }} className="button quiet-button">
      {many ? t('desk.decide') : term(`act.${next}`)}
    </Link>
  );
}
