import { Link } from '@tanstack/react-router';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';

/** An empty desk says what will be on it, and where to begin. The list is there already, for whoever looks for it. */
export function FirstDay({ opens }: { readonly opens: boolean }) {
  const { t } = useWords();
  const { sandbox, lobby } = useOwn();
  return (
    <section className="section reading queue" aria-labelledby="first-day">
      <h2 id="first-day">{t('desk.first')}</h2>
      <p>{t('desk.first.what')}</p>
      <p>{t('desk.first.line')}</p>
      <p>{t(opens ? 'desk.first.open' : 'desk.first.wait')}</p>
      <p>{sandbox && lobby !== undefined ? <a href={lobby}>{t('signin.lobby')}</a> : <Link to="/ask">{t('nav.ask')}</Link>}</p>
    </section>
  );
}
