import type { LibraryHead } from '@comity/node/api';
import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { hitsFor, libraryHeads } from '../../api/law.ts';
import { Loading } from '../../things/Loading.tsx';
import { Problem } from '../../things/Problem.tsx';
import { Scroll } from '../../things/Scroll.tsx';
import { useWords } from '../../words/useWords.ts';
import './law.css';

const PAUSE = 250;

/** The law library: every body of rules that this node applies, with its state; and a search through all of it. */
export function LawPage() {
  const { t } = useWords();
  const { q = '' } = useSearch({ strict: false });
  const navigate = useNavigate();
  const [typed, setTyped] = useState(q);
  const [search] = useDebouncedValue(typed.trim(), PAUSE);
  useEffect(() => {
    void navigate({ to: '.', search: ({ q: _, ...rest }) => (search === '' ? rest : { ...rest, q: search }), replace: true });
  }, [search, navigate]);
  const { data, error } = useQuery(libraryHeads);
  return (
    <>
      <h1>{t('law.title')}</h1>
      <p>{t('law.lead')}</p>
      <p className="unreviewed">{t('law.lead.unreviewed')}</p>
      <p>
        <Link to="/law/change">{t('law.to-change')}</Link>
      </p>
      <TextInput
        className="law-search"
        type="search"
        label={t('law.search')}
        description={t('law.search.help')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {search !== '' && <Hits search={search} />}
      {error !== null && <Problem error={error} />}
      {data === undefined && error === null && <Loading />}
      {data !== undefined && (
        <>
          <Heads about="transfers" heads={data} />
          <Heads about="cooperation" heads={data} />
        </>
      )}
    </>
  );
}

function Hits({ search }: { readonly search: string }) {
  const { t, term } = useWords();
  const { data, error } = useQuery(hitsFor(search));
  if (error !== null) return <Problem error={error} />;
  if (data === undefined) return <Loading what={t('law.searching')} />;
  return (
    <section className="section" aria-labelledby="hits">
      <h2 id="hits" role="status">
        {t('law.hits', { n: data.length })}
      </h2>
      <ul className="hits">
        {data.map((hit) => (
          <li key={`${hit.pack}${hit.what}${hit.name}`}>
            <Link to="/law/$pack" params={{ pack: hit.pack }} hash={hit.what === 'pack' ? '' : hit.name}>
              <bdi lang="en">{hit.says === '' ? hit.name : hit.says}</bdi>
            </Link>{' '}
            <span className="small quiet">
              {t(`law.what.${hit.what}`)}, {term(`regime.${hit.pack}`)}
              {hit.cite !== '' && (
                <>
                  , <bdi lang="en">{hit.cite}</bdi>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Heads({ about, heads }: { readonly about: LibraryHead['about']; readonly heads: readonly LibraryHead[] }) {
  const { t } = useWords();
  const mine = heads.filter((head) => head.about === about);
  if (mine.length === 0) return null;
  const title = t(`law.about.${about}`, { n: mine.length });
  return (
    <section className="section">
      <Scroll label={title}>
        <table className="heads">
          <caption>{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t('law.regime')}</th>
              <th scope="col">{t('law.from')}</th>
              <th scope="col" className="number">
                {t('law.version.short')}
              </th>
              <th scope="col" className="number">
                {t('law.rules')}
              </th>
              <th scope="col">{t('law.confirmed')}</th>
              <th scope="col">{t('law.read')}</th>
              <th scope="col">{t('law.checked')}</th>
            </tr>
          </thead>
          <tbody>
            {mine.map((head) => (
              <Head key={head.id} head={head} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

function Head({ head }: { readonly head: LibraryHead }) {
  const { t, term, has } = useWords();
  const { counts, reviewed } = head;
  const name = has(`regime.${head.id}`) ? term(`regime.${head.id}`) : head.title;
  return (
    <tr>
      <th scope="row">
        <Link to="/law/$pack" params={{ pack: head.id }}>
          {name}
        </Link>
      </th>
      <td data-label={t('law.from')}>
        <bdi>{head.from ?? '–'}</bdi>
      </td>
      <td className="number" data-label={t('law.version.short')}>
        {head.version}
      </td>
      <td className="number" data-label={t('law.rules')}>
        {head.rules}
      </td>
      <td data-label={t('law.confirmed')} className="small">
        {t('law.counts', counts)}
      </td>
      <td data-label={t('law.read')}>
        <bdi>{head.read ?? '–'}</bdi>
      </td>
      <td data-label={t('law.checked')} className="small">
        {reviewed.by.length > 0 && reviewed.on !== null
          ? t('law.reviewed', { by: reviewed.by.join(', '), on: reviewed.on })
          : t('law.unreviewed')}
      </td>
    </tr>
  );
}
