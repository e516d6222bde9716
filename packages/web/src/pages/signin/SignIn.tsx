import type { SessionView } from '@comity/node/api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { session } from '../../api/queries.ts';
import { Loading } from '../../things/Loading.tsx';
import { PartyChip } from '../../things/PartyChip.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useWords } from '../../words/useWords.ts';
import { useEnter } from './useEnter.ts';
import './signin.css';

/** Whose desk this is, and who you are. */
export function SignIn() {
  const { t } = useWords();
  const { data, error } = useQuery(session);
  const enter = useEnter();
  if (error !== null) return <Problem error={error} />;
  if (data === undefined) return <Loading />;
  return (
    <div className="reading">
      <h1>{t('signin.title')}</h1>
      <p>
        <PartyChip party={data.party} id={data.party.id} />
      </p>
      <Problem error={enter.error} />
      {data.env === 'sandbox' ? (
        <People view={data} enter={(person) => enter.mutate({ person })} busy={enter.isPending} />
      ) : (
        <CodeForm enter={(code) => enter.mutate({ code })} busy={enter.isPending} />
      )}
    </div>
  );
}

function People({
  view,
  enter,
  busy,
}: {
  readonly view: SessionView;
  readonly enter: (person: string) => void;
  readonly busy: boolean;
}) {
  const { t, term } = useWords();
  return (
    <>
      <p className="quiet">{t('signin.sandbox')}</p>
      <ul className="people">
        {view.people.map((person) => (
          <li key={person.id}>
            <button type="button" onClick={() => enter(person.id)} disabled={busy}>
              <span className="name" dir="auto">
                {person.name}
              </span>
              <span className="quiet">{person.roles.map((role) => term(`role.${role}`)).join(', ')}</span>
            </button>
          </li>
        ))}
      </ul>
      {view.lobby !== undefined && (
        <p>
          <a href={view.lobby}>{t('signin.lobby')}</a>
        </p>
      )}
    </>
  );
}

function CodeForm({ enter, busy }: { readonly enter: (code: string) => void; readonly busy: boolean }) {
  const { t } = useWords();
  const [code, setCode] = useState('');
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        enter(code.trim());
      }}
    >
      {/* Native controls: the first page must not wait for more. */}
      <label className="code">
        <strong>{t('signin.code')}</strong>
        <span className="small quiet">{t('signin.code.help')}</span>
        <input
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          autoComplete="one-time-code"
          dir="ltr"
          required
        />
      </label>
      <button type="submit" className="button" disabled={busy || code.trim() === ''}>
        {t('signin.enter')}
      </button>
    </form>
  );
}
