import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { diffOf, versionsOf } from '../../api/law.ts';
import { Differences } from '../../things/Differences.tsx';
import { Digest } from '../../things/Digest.tsx';
import { Loading } from '../../things/Loading.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useWords } from '../../words/useWords.ts';

/** Every version that was applied here; any earlier one beside the present one. */
export function Versions({ pack }: { readonly pack: string }) {
  const { t } = useWords();
  const { compare } = useSearch({ strict: false });
  const { data } = useQuery(versionsOf(pack));
  if (data === undefined) return null;
  const current = data.find((version) => version.current);
  return (
    <section className="section" aria-labelledby="versions">
      <h2 id="versions">{t('law.versions', { n: data.length })}</h2>
      <ul>
        {data.map((version) => (
          <li key={version.sha256}>
            {t('law.version', { n: version.version })} <Digest value={version.sha256} />{' '}
            {version.current ? (
              <strong>{t('law.current')}</strong>
            ) : (
              <Link to="." search={(before) => ({ ...before, compare: version.sha256 })} resetScroll={false}>
                {t('law.compare', { n: version.version })}
              </Link>
            )}
          </li>
        ))}
      </ul>
      {data.length === 1 && <p className="quiet">{t('law.versions.one')}</p>}
      {compare !== undefined && current !== undefined && <Compared before={compare} after={current.sha256} />}
    </section>
  );
}

function Compared({ before, after }: { readonly before: string; readonly after: string }) {
  const { t } = useWords();
  const { data, error } = useQuery(diffOf(before, after));
  if (error !== null) return <Problem error={error} />;
  if (data === undefined) return <Loading />;
  return (
    <>
      <h3>{t('law.compared', { before: data.before, after: data.after })}</h3>
      <Differences differences={data.differences} />
    </>
  );
}
