import type { CaseLink, CaseView } from '@comity/node/api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Refusal } from '../../api/client.ts';
import { caseOf, desk, linksOf, parties } from '../../api/queries.ts';
import { ItemTable } from '../../things/ItemTable.tsx';
import { nameOf } from '../../things/nameOf.ts';
import { SectionText } from '../../things/SectionText.tsx';
import { shortId } from '../../things/shortId.ts';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';

/** What the members have shared under the agreement, each case of it by itself; and sharing more. */
export function RoomShares({ view }: { readonly view: CaseView }) {
  const { t, term } = useWords();
  const { data = [] } = useQuery(linksOf(view.id));
  const opens = useQuery(desk).data?.opens ?? [];
  const shares = data.filter(({ names }) => !names);
  const share = opens.find(({ carries }) => Object.hasOwn(carries, 'team'));
  return (
    <section className="section" aria-labelledby="shared">
      <h2 id="shared">{t('room.shared')}</h2>
      <p className="reading">{t('room.shared.lead')}</p>
      {shares.length === 0 && <p className="quiet">{t('room.shared.none')}</p>}
      {shares.map((link) => (
        <OneShare key={link.case} link={link} />
      ))}
      {share !== undefined && (
        <p className="actions no-print">
          <Link to="/new/$procedure" params={{ procedure: share.procedure }} search={{ team: view.id }} className="button">
            {t('room.share', { what: term(`procedure.${share.procedure}`) })}
          </Link>
        </p>
      )}
    </section>
  );
}

/** One share: from whom to whom, its items with where each stands, the conditions that bind whoever took it. It opens with a reason of its own. */
function OneShare({ link: { case: id, row } }: { readonly link: CaseLink }) {
  const { t, term } = useWords();
  const { zone } = useOwn();
  const known = useQuery(parties).data?.parties ?? [];
  const { data, error } = useQuery(caseOf(id));
  const closed = error instanceof Refusal && error.problem.code === 'reason-required';
  const seats = Object.entries(row?.parties ?? {});
  return (
    <article className="decide">
      <h3>
        <Link to="/cases/$id" params={{ id }}>
          {term(`procedure.${row?.procedure ?? ''}`)} <bdi className="mono">{shortId(id)}</bdi>
        </Link>
      </h3>
      <p>{seats.map(([seat, party]) => `${term(`seat.${seat}`)}: ${nameOf(known, party)}`).join(' · ')}</p>
      {closed && <p className="quiet">{t('room.closed')}</p>}
      {data !== undefined && (
        <>
          <ItemTable items={data.items} />
          <Conditions view={data} zone={zone} />
          {data.items.some(({ payload }) => payload?.side === 'received') && (
            <p>
              <Link to="/cases/$id/look" params={{ id }}>
                {t('room.look')}
              </Link>
            </p>
          )}
        </>
      )}
    </article>
  );
}

function Conditions({ view, zone }: { readonly view: CaseView; readonly zone: string }) {
  const { term } = useWords();
  const conditions = view.acts[0]?.sections['conditions'];
  if (conditions === undefined) return null;
  return (
    <div className="reading">
      <strong>{term('section.conditions')}</strong> <SectionText value={conditions} zone={zone} items={view.items} />
    </div>
  );
}
