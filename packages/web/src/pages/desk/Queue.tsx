import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { type DeskAsk, type DeskSide, deskOf, type PartyWithFacts } from '../../api/queries.ts';
import { useWords } from '../../words/useWords.ts';
import { QueueRow } from './QueueRow.tsx';

interface Props {
  readonly side: DeskSide;
  readonly filter: Omit<DeskAsk, 'side' | 'page'>;
  readonly total: number;
  readonly known: readonly PartyWithFacts[];
}

const TITLES = { ours: 'desk.ours', theirs: 'desk.theirs', closed: 'desk.closed' } as const;
const EMPTY = { ours: 'desk.ours.empty', theirs: 'desk.theirs.empty', closed: 'desk.closed.empty' } as const;
/** Rows of a page of the desk, as the node gives them. */
const PAGE = 100;
/** Height of a line before any was measured. */
const LINE = 104;

/** One side of the desk. However long it is, only the pages near the window are asked for and drawn; the others keep their place. */
export function Queue({ side, filter, total, known }: Props) {
  const { t, locale } = useWords();
  const title = t(TITLES[side]);
  const pages = Math.ceil(total / PAGE);
  const range = (page: number): string =>
    t('desk.page', { from: page * PAGE + 1, until: Math.min(total, (page + 1) * PAGE), total });
  return (
    <section className="section" aria-label={title}>
      <h2>
        {title} <span className="quiet">{new Intl.NumberFormat(locale).format(total)}</span>
      </h2>
      {total === 0 && <p className="quiet">{t(EMPTY[side])}</p>}
      <div className="queue">
        {Array.from({ length: pages }, (_, page) => (
          <Page
            // biome-ignore lint/suspicious/noArrayIndexKey: a page of the desk is its number
            key={page}
            ask={{ ...filter, side, page }}
            count={Math.min(PAGE, total - page * PAGE)}
            known={known}
            label={pages > 1 ? range(page) : title}
          />
        ))}
      </div>
    </section>
  );
}

interface PageProps {
  readonly ask: DeskAsk;
  readonly count: number;
  readonly known: readonly PartyWithFacts[];
  readonly label: string;
}

function Page({ ask, count, known, label }: PageProps) {
  const [box, near, height] = useNear(ask.page === 0);
  const { data } = useQuery({ ...deskOf(ask), enabled: near });
  const rows = near ? data?.rows : undefined;
  return (
    <ol
      ref={box}
      aria-label={label}
      data-count={rows?.length ?? count}
      aria-busy={near && rows === undefined}
      style={rows === undefined ? { blockSize: height ?? count * LINE } : undefined}
    >
      {rows?.map((row) => (
        <QueueRow key={row.id} row={row} known={known} />
      ))}
    </ol>
  );
}

/** Whether a box is near the window, and how high it was when it was last drawn. What holds the focus stays. */
function useNear(first: boolean) {
  const box = useRef<HTMLOListElement>(null);
  const [near, setNear] = useState(first);
  const [height, setHeight] = useState<number>();
  useEffect(() => {
    const { current } = box;
    if (current === null) return undefined;
    const look = ([entry]: IntersectionObserverEntry[]): void => {
      if (entry === undefined) return;
      if (entry.isIntersecting) setNear(true);
      else if (!current.contains(document.activeElement) && current.childElementCount > 0) {
        setHeight(current.offsetHeight);
        setNear(false);
      }
    };
    const observer = new IntersectionObserver(look, { rootMargin: '2500px 0px' });
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return [box, near, height] as const;
}
