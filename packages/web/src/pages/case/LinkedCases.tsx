import type { CaseLink, CaseView } from '@comity/node/api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { linksOf, parties } from '../../api/queries.ts';
import { nameOf } from '../../things/nameOf.ts';
import { shortId } from '../../things/shortId.ts';
import { useWords } from '../../words/useWords.ts';

/** The cases that this one follows, answers or belongs to, and those that say so of it. */
export function LinkedCases({ view }: { readonly view: CaseView }) {
  const { t } = useWords();
  const { data = [] } = useQuery(linksOf(view.id));
  if (data.length === 0) return null;
  return (
    <section className="section" aria-labelledby="linked">
      <h2 id="linked">{t('linked.title')}</h2>
      <ul>
        {data.map((link) => (
          <OneLink key={`${link.case} ${link.member}`} link={link} />
        ))}
      </ul>
    </section>
  );
}

function OneLink({ link: { case: id, member, names, row } }: { readonly link: CaseLink }) {
  const { t, term } = useWords();
  const known = useQuery(parties).data?.parties ?? [];
  const [duty] = row?.duties ?? [];
  return (
    <li>
      {t(names ? 'linked.names' : 'linked.named', { as: term(`member.${member}`) })}{' '}
      {row === undefined ? (
        <>
          <bdi className="mono">{shortId(id)}</bdi> <span className="quiet">{t('linked.elsewhere')}</span>
        </>
      ) : (
        <>
          <Link to="/cases/$id" params={{ id }}>
            {term(`procedure.${row.procedure}`)} <bdi className="mono">{shortId(id)}</bdi>
          </Link>{' '}
          <span className="quiet small">
            {duty === undefined
              ? t(row.closed ? 'status.closed' : 'status.nothing')
              : term(`duty.${duty.id}`, { party: nameOf(known, duty.party) })}
          </span>
        </>
      )}
    </li>
  );
}
