import type { CountryVerdict, Verdict as VerdictOf } from '@comity/assess';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { everywhere } from '../../api/law.ts';
import type { Draft } from '../../drafts/useDraft.ts';
import { Loading } from '../../things/Loading.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useFactWords } from '../../things/useFactWords.ts';
import { Verdict } from '../../things/Verdict.tsx';
import { useWords } from '../../words/useWords.ts';
import { type AskDraft, state } from '../ask/askDraft.ts';
import { Elsewhere } from '../ask/Instead.tsx';
import { useAsk } from '../ask/useAsk.ts';
import { CountryTable } from './CountryTable.tsx';
import { Legend, VERDICTS } from './Legend.tsx';
import { WorldMap } from './WorldMap.tsx';
import '../ask/ask.css';
import './map.css';

/** Where else could the same data go? Every country and territory, on the map and in a table. */
export function MapPage() {
  const { t } = useWords();
  const { draft, transfer } = useAsk();
  const said = Object.keys(transfer.facts).length;
  const { data, error } = useQuery({ ...everywhere(transfer), enabled: draft.ready && said > 0, retry: false });
  return (
    <>
      <p className="small">
        <Link to="/ask">{t('map.back')}</Link>
      </p>
      <h1>{t('map.title')}</h1>
      <p>{t('map.lead', { n: said, day: transfer.on })}</p>
      <Elsewhere draft={draft} />
      {error !== null && <Problem error={error} />}
      {draft.ready && said === 0 && <p className="unreviewed">{t('map.nothing')}</p>}
      {data === undefined && error === null && said > 0 && <Loading what={t('map.waiting')} />}
      {data !== undefined && <Shown countries={data.countries} draft={draft} />}
    </>
  );
}

function Shown({ countries, draft }: { readonly countries: readonly CountryVerdict[]; readonly draft: Draft<AskDraft> }) {
  const [shown, setShown] = useState<ReadonlySet<VerdictOf>>(new Set(VERDICTS));
  const { at } = useSearch({ strict: false });
  const navigate = useNavigate();
  const here = draft.value.facts['importer.country'];
  const chosen = at ?? (typeof here === 'string' ? here : '');
  const choose = (code: string): void =>
    void navigate({ to: '.', search: (before) => ({ ...before, at: code }), replace: true, resetScroll: false });
  const toggle = (verdict: VerdictOf): void => {
    const others = new Set([...shown].filter((one) => one !== verdict));
    setShown(shown.has(verdict) ? others : new Set([...shown, verdict]));
  };
  const one = countries.find(({ country }) => country === chosen);
  return (
    <>
      <Legend countries={countries} shown={shown} onToggle={toggle} />
      <WorldMap countries={countries} shown={shown} chosen={chosen} onChoose={choose} />
      <div role="status">{one !== undefined && <Chosen one={one} draft={draft} />}</div>
      <CountryTable countries={countries} shown={shown} chosen={chosen} onChoose={choose} />
    </>
  );
}

/** The country that was chosen: its verdict and its reasons, and the way to ask about it in full. */
function Chosen({ one, draft }: { readonly one: CountryVerdict; readonly draft: Draft<AskDraft> }) {
  const { t, term } = useWords();
  const say = useFactWords();
  const navigate = useNavigate();
  const go = (): void => {
    draft.set(state(draft.value, 'importer.country', one.country));
    void navigate({ to: '/ask' });
  };
  return (
    <div className="chosen-country">
      <h2 className="row">
        <span>{say.country(one.country)}</span> <Verdict verdict={one.verdict} />
      </h2>
      {!one.assessed && <p className="unreviewed">{t('assess.countries', { countries: say.country(one.country) })}</p>}
      {one.because.length > 0 && (
        <p>{t('map.because', { rules: one.because.map((regime) => term(`regime.${regime}`)).join('; ') })}</p>
      )}
      {one.missing.length > 0 && <p className="small">{t('map.missing', { facts: one.missing.map(say.name).join('; ') })}</p>}
      <Button size="compact-md" variant="default" onClick={go}>
        {t('map.ask', { country: say.country(one.country) })}
      </Button>
    </div>
  );
}
