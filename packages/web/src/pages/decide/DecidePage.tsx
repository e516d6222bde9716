import type { CaseView, MoveView } from '@comity/node/api';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { DutyLine } from '../../things/DutyLine.tsx';
import { RequestText } from '../../things/RequestText.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { Status } from '../case/Status.tsx';
import { decisionsIn } from './decisions.ts';
import { KeptView } from './KeptView.tsx';
import { LegalTests } from './LegalTests.tsx';
import { Overridden } from './Overridden.tsx';
import { SheetCode } from './SheetCode.tsx';
import { Signing } from './Signing.tsx';
import './decide.css';

/** The decision sheet: what is asked, what the law says to it, and the decision below; the same on paper, where it can be filled in by hand. */
export function DecidePage() {
  return <KeptView>{(view, kept) => <Shown view={view} kept={kept} />}</KeptView>;
}

function Shown({ view, kept }: { readonly view: CaseView; readonly kept: number | undefined }) {
  const { t, term } = useWords();
  const { zone, party, person } = useOwn();
  const asked = useSearch({ strict: false, select: (search) => search.move });
  const [done, setDone] = useState<string>();
  const moves = decisionsIn(view, party?.id);
  // Whoever was sent here for one act, and may not make it, reads who must.
  const move = asked === undefined ? moves[0] : moves.find(({ type }) => type === asked);
  return (
    <article className="sheet">
      <p className="small no-print">
        <Link to="/cases/$id" params={{ id: view.id }}>
          {t('case.to')}
        </Link>
      </p>
      <Status view={view} />
      <p role="status">{done !== undefined && t('moves.done', { act: term(`act.${done}.done`) })}</p>
      <SheetCode view={view} />
      <div className="split">
        <section aria-labelledby="asked">
          <h2 id="asked">{t('decide.asked')}</h2>
          <RequestText view={view} zone={zone} />
          <Overridden view={view} />
        </section>
        <LegalTests view={view} decider={person} {...(kept === undefined ? {} : { offline: true })} />
      </div>
      <section className="decision" aria-labelledby="decision">
        <h2 id="decision">{move === undefined ? t('decide.title') : term(`act.${move.type}`)}</h2>
        {moves.length > 1 && <Choices view={view} moves={moves} chosen={move} />}
        {move === undefined ? (
          <NotYours view={view} />
        ) : (
          <Signing key={move.type} view={view} move={move} onDone={() => setDone(move.type)} />
        )}
      </section>
    </article>
  );
}

function Choices({
  view,
  moves,
  chosen,
}: {
  readonly view: CaseView;
  readonly moves: readonly MoveView[];
  readonly chosen: MoveView | undefined;
}) {
  const { t, term } = useWords();
  return (
    <nav className="row no-print" aria-label={t('decide.which')}>
      {moves.map(({ type }) => (
        <Link
          key={type}
          to="/cases/$id/decide"
          params={{ id: view.id }}
          search={{ move: type }}
          {...(type === chosen?.type ? { 'aria-current': 'true' } : {})}
        >
          {term(`act.${type}`)}
        </Link>
      ))}
    </nav>
  );
}

/** Nothing here is this person's to decide: who must, and why not they. */
function NotYours({ view }: { readonly view: CaseView }) {
  const { t, term } = useWords();
  const owed = view.duties.flatMap(({ acts }) => acts);
  const closed = view.moves.filter(({ type, refusal }) => owed.includes(type) && refusal !== undefined);
  return (
    <>
      <p>{t('decide.none')}</p>
      <ul className="duties">
        {view.duties.map((duty) => (
          <DutyLine key={duty.id} duty={duty} parties={view.parties} />
        ))}
      </ul>
      <ul>
        {closed.map(({ type, refusal }) => {
          const because = refusal?.values?.['because'];
          return (
            <li key={type}>
              {term(`act.${type}`)}:{' '}
              {typeof because === 'string' ? term(`because.${because}`) : term(`error.${refusal?.code ?? 'internal'}`)}{' '}
              <span className="quiet">
                {typeof because === 'string' ? '' : term(`error.${refusal?.code ?? 'internal'}.next`)}
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
