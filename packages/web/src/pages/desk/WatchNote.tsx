import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { oversight } from '../../api/queries.ts';
import { useWords } from '../../words/useWords.ts';

/** What an overseer's desk says of the logs that this office watches: whether anything speaks against one, and where to look. */
export function WatchNote() {
  const { t } = useWords();
  const { data } = useQuery(oversight);
  if (data === undefined) return null;
  const found = data.logs.flatMap(({ evidence }) => evidence).length + data.contradictions.length;
  return (
    <section className="section" aria-labelledby="watch">
      <h2 id="watch">{t('nav.oversight')}</h2>
      <p className={found > 0 ? 'quarantine' : ''}>
        {t('oversight.desk', { n: data.logs.length })} {found > 0 && t('oversight.desk.found', { n: found })}
        {found === 0 && data.logs.length > 0 && t('oversight.desk.fine')}
      </p>
      <p>
        <Link to="/oversight">{t('oversight.desk.open')}</Link>
      </p>
    </section>
  );
}
