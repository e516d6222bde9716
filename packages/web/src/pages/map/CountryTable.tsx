import type { CountryVerdict, Verdict as VerdictOf } from '@comity/assess';
import { TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Scroll } from '../../things/Scroll.tsx';
import { useFactWords } from '../../things/useFactWords.ts';
import { Verdict } from '../../things/Verdict.tsx';
import { useWords } from '../../words/useWords.ts';

interface Props {
  readonly countries: readonly CountryVerdict[];
  readonly shown: ReadonlySet<VerdictOf>;
  readonly chosen: string;
  readonly onChoose: (code: string) => void;
}

/** The same as the map, in words: each country and territory, its verdict, and the rules that are the reason. */
export function CountryTable({ countries, shown, chosen, onChoose }: Props) {
  const { t, term, locale } = useWords();
  const say = useFactWords();
  const [typed, setTyped] = useState('');
  const rows = useMemo(() => {
    const { compare } = new Intl.Collator(locale);
    return countries
      .map((one) => ({
        ...one,
        name: say.country(one.country),
        why: one.because.map((regime) => term(`regime.${regime}`)).join('; '),
      }))
      .sort((a, b) => compare(a.name, b.name));
  }, [countries, locale, say, term]);
  const wanted = typed.trim().toLowerCase();
  const found = rows.filter(
    ({ verdict, name, country, why }) => shown.has(verdict) && `${name} ${country} ${why}`.toLowerCase().includes(wanted),
  );
  return (
    <>
      <TextInput
        className="filter"
        label={t('map.filter')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <p className="small quiet" role="status">
        {t('map.found', { n: found.length, all: rows.length })}
      </p>
      <Scroll label={t('map.table')} className="countries-box">
        <table className="countries">
          <caption>{t('map.table')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('map.country')}</th>
              <th scope="col">{t('assess.verdict')}</th>
              <th scope="col">{t('map.why')}</th>
            </tr>
          </thead>
          <tbody>
            {found.map(({ country, name, verdict, why, missing, assessed }) => (
              <tr key={country} aria-current={country === chosen ? 'true' : undefined}>
                <th scope="row">
                  <button type="button" className="plain linked" onClick={() => onChoose(country)}>
                    {name}
                  </button>
                </th>
                <td>
                  <Verdict verdict={verdict} />
                </td>
                <td className="small">
                  {why === '' ? '–' : why}
                  {!assessed && <span className="quiet"> {t('map.own')}</span>}
                  {missing.length > 0 && <span className="quiet"> {t('map.missing', { facts: say.some(missing) })}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}
