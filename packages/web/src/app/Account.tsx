import type { SessionView } from '@comity/node/api';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ask } from '../api/client.ts';
import { session as sessionQuery } from '../api/queries.ts';
import { useWords } from '../words/useWords.ts';

/** Who is signed in, in which role, and the way out. */
export function Account({ session }: { readonly session: SessionView }) {
  const { t, term } = useWords();
  const cache = useQueryClient();
  const navigate = useNavigate();
  if (session.person === undefined) return null;
  const leave = async (): Promise<void> => {
    await ask('DELETE', '/api/session');
    cache.clear();
    await cache.fetchQuery(sessionQuery);
    await navigate({ to: '/sign-in' });
  };
  return (
    <div className="person">
      <span>
        <span dir="auto">{session.person.name}</span>
        <span className="quiet">{t('comma') + session.person.roles.map((role) => term(`role.${role}`)).join(t('comma'))}</span>
      </span>
      <button type="button" className="plain linked" onClick={() => void leave()}>
        {t('nav.leave')}
      </button>
    </div>
  );
}
