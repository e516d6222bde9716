import { Link } from '@tanstack/react-router';
import { useWords } from '../words/useWords.ts';

/** What an address without a page shows. */
export function NotHere() {
  const { t, term } = useWords();
  return (
    <>
      <h1>{term('error.not-found')}</h1>
      <p>{term('error.not-found.next')}</p>
      <p>
        <Link to="/">{t('nav.desk')}</Link>
      </p>
    </>
  );
}
