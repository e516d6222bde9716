import type { CaseView, MoveView } from '@comity/node/api';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { Basis } from '../../things/Basis.tsx';
import { useItemPhrase } from '../../things/ItemName.tsx';
import { useWords } from '../../words/useWords.ts';
import { MoveForm } from './MoveForm.tsx';
import { MoveLinks } from './MoveLinks.tsx';
import { pageOf } from './pageOf.ts';

/** Acts by which a draft is talked about. */
const TALK: readonly string[] = ['share-draft', 'comment-draft'];

/** What this person can do now, and what not and why. One move at a time is open; which one stands in the address. */
export function MovePanel({ view, chosen }: { readonly view: CaseView; readonly chosen: string | undefined }) {
  const { t, term } = useWords();
  const [done, setDone] = useState<string>();
  const move = view.moves.find((candidate) => candidate.type === chosen && candidate.refusal === undefined);
  const open = view.moves.filter((candidate) => candidate.refusal === undefined);
  const panel = useShown(move?.type);
  return (
    <section className="moves no-print" aria-labelledby="act" ref={panel}>
      <h2 id="act">{move === undefined ? t('moves.title') : term(`act.${move.type}`)}</h2>
      <p role="status">{done !== undefined && t('moves.done', { act: term(`act.${done}.done`) })}</p>
      {move === undefined && open.length === 0 && <p className="quiet">{t('moves.none')}</p>}
      {move === undefined ? (
        <MoveLinks view={view} />
      ) : (
        <Move key={move.type} view={view} move={move} onDone={() => setDone(move.type)} />
      )}
      {open.some(({ type }) => pageOf(type) === undefined) && (
        <p className="small row">
          <Link to="/cases/$id/decide" params={{ id: view.id }} search={chosen === undefined ? {} : { move: chosen }}>
            {t('moves.sheet')}
          </Link>
          {view.moves.some(({ type, refusal }) => refusal === undefined && TALK.includes(type)) && (
            <Link to="/cases/$id/draft" params={{ id: view.id }}>
              {t('moves.drafting')}
            </Link>
          )}
          {Object.keys(view.tracks).some((track) => track.startsWith('signed-')) && (
            <Link to="/rooms/$id" params={{ id: view.id }}>
              {t('moves.room')}
            </Link>
          )}
        </p>
      )}
      <Letters view={view} />
      {move === undefined && <Closed moves={view.moves.filter((candidate) => candidate.refusal !== undefined)} />}
    </section>
  );
}

/** Letters that this case can be written as: the request of mutual assistance, and the notice to the person. */
function Letters({ view }: { readonly view: CaseView }) {
  const { t } = useWords();
  const informs = view.moves.some(({ type }) => type === 'inform-person');
  const asks = view.procedure.id === 'mla.request';
  if (!informs && !asks) return null;
  return (
    <p className="small row">
      {asks && (
        <Link to="/cases/$id/letter" params={{ id: view.id }}>
          {t('moves.letter')}
        </Link>
      )}
      {informs && (
        <Link to="/cases/$id/notice" params={{ id: view.id }}>
          {t('moves.notice')}
        </Link>
      )}
    </p>
  );
}

/** A move that was asked for comes into view. */
function useShown(type: string | undefined) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (type !== undefined) panel.current?.scrollIntoView({ block: 'nearest' });
  }, [type]);
  return panel;
}

function Move({ view, move, onDone }: { readonly view: CaseView; readonly move: MoveView; readonly onDone: () => void }) {
  const page = pageOf(move.type);
  return page === 'preview' || page === 'open' || page === 'share' ? (
    <ItemPages view={view} move={move} page={page} />
  ) : (
    <MoveForm view={view} move={move} onDone={onDone} />
  );
}

const PAGES = {
  preview: '/cases/$id/items/$item/preview',
  open: '/cases/$id/items/$item/open',
  share: '/cases/$id/items/$item/share',
} as const;

/** Moves for which each item has a page: what happens there must be seen first. */
function ItemPages({
  view,
  move,
  page,
}: {
  readonly view: CaseView;
  readonly move: MoveView;
  readonly page: 'preview' | 'open' | 'share';
}) {
  const { t } = useWords();
  const phrase = useItemPhrase();
  const items = view.items.filter((item) => move.items.some((one) => one.item === item.item.id));
  return (
    <>
      <p>{t(`moves.${page}`)}</p>
      <ul>
        {items.map((item) => (
          <li key={item.item.id}>
            <Link to={PAGES[page]} params={{ id: view.id, item: item.item.id }}>
              {phrase(item)}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What is closed, each with the reason: a no always names its rule. */
function Closed({ moves }: { readonly moves: readonly MoveView[] }) {
  const { t, term } = useWords();
  if (moves.length === 0) return null;
  return (
    <details>
      <summary>{t('moves.closed', { n: moves.length })}</summary>
      <ul>
        {moves.map((move) => {
          const because = move.refusal?.values?.['because'];
          return (
            <li key={move.type}>
              {term(`act.${move.type}`)}:{' '}
              <span className="quiet">
                {typeof because === 'string' ? term(`because.${because}`) : term(`error.${move.refusal?.code ?? 'internal'}`)}
              </span>{' '}
              <Basis cite={move.cite} />
            </li>
          );
        })}
      </ul>
    </details>
  );
}
