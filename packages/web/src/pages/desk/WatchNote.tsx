import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { oversight } from '../../api/queries.ts';
import { useWords } from '../../words/useWords.ts';

/** What an overseer's desk says of the logs that this office watches: whether anything speaks against one, and where to look. */
export function WatchNote() {
  const { t } = useWords();
  const { data } = useQuery(oversight);
  if (data === undefined) return null;
  const accused = new Set([
    ...data.logs.filter(({ evidence }) => evidence.length > 0).map(({ party }) => party),
    ...data.contradictions.map(({ about }) => about),
  ]);
  return (
    <section className="section" aria-labelledby="watch">
      <h2 id="watch">{t('nav.oversight')}</h2>
      <p className={accused.size > 0 ? 'quarantine' : ''}>
        {t('oversight.desk', { n: data.logs.length })} {accused.size > 0 && t('oversight.desk.found', { n: accused.size })}
        {accused.size === 0 && data.logs.length > 0 && t('oversight.desk.fine')}
      </p>
      <p>
        <Link to="/oversight">{t('oversight.desk.open')}</Link>
      </p>
    </section>
  );
}
