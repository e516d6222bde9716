import type { LibraryPack } from '@comity/assess';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { packOf } from '../../api/law.ts';
import { Digest } from '../../things/Digest.tsx';
import { Loading } from '../../things/Loading.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useWords } from '../../words/useWords.ts';
import { Rules } from './Rules.tsx';
import { Sources, Terms } from './Terms.tsx';
import { Versions } from './Versions.tsx';
import './law.css';

/** One body of rules, to be read whole: what it says, in which words, from which sources, and what it said before. */
export function PackPage() {
  const id = useParams({ strict: false, select: (params) => params.pack }) ?? '';
  const { data, error } = useQuery(packOf(id));
  if (error !== null) return <Problem error={error} />;
  return data === undefined ? <Loading /> : <Shown pack={data} />;
}

function Shown({ pack }: { readonly pack: LibraryPack }) {
  const { t, term, has } = useWords();
  useEffect(() => {
    // What a link points at is there only now that the pack is.
    const wanted = decodeURIComponent(location.hash.slice(1));
    if (wanted !== '') document.getElementById(wanted)?.scrollIntoView();
  }, []);
  const { reviewed, counts } = pack;
  return (
    <>
      <p className="small">
        <Link to="/law">{t('law.back')}</Link>
      </p>
      <h1>{has(`regime.${pack.regime}`) ? term(`regime.${pack.regime}`) : pack.title}</h1>
      <p>
        <bdi lang="en">{pack.title}</bdi>
      </p>
      <dl className="facts">
        <dt>{t('law.version.short')}</dt>
        <dd>{pack.version}</dd>
        <dt>{t('law.from')}</dt>
        <dd>
          <bdi>{pack.days[0] ?? '–'}</bdi>
        </dd>
        <dt>{t('law.checked')}</dt>
        <dd>
          {reviewed.by.length > 0 && reviewed.on !== null ? (
            t('law.reviewed', { by: reviewed.by.join(', '), on: reviewed.on })
          ) : (
            <strong>{t('law.unreviewed')}</strong>
          )}
        </dd>
        <dt>{t('law.confirmed')}</dt>
        <dd>{t('law.counts', counts)}</dd>
        <dt>{t('law.digest')}</dt>
        <dd>
          <Digest value={pack.sha256} />
        </dd>
      </dl>
      <p className="actions">
        <Link to="/law/change" search={{ pack: pack.id }} className="button quiet-button">
          {t('law.change-this')}
        </Link>
      </p>
      <Rules rules={pack.rules} />
      <Terms terms={pack.terms} />
      <Sources sources={pack.sources} />
      <Versions pack={pack.id} />
    </>
  );
}
