import { Button, NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useFactWords } from '../../things/useFactWords.ts';
import { useWords } from '../../words/useWords.ts';
import type { FactInputProps } from './FactInput.tsx';

interface Option {
  readonly value: string;
  readonly label: string;
}

/** Countries by their names in the reader's language, in its order. */
function useCountries(codes: readonly string[]): readonly Option[] {
  const { locale } = useWords();
  const say = useFactWords();
  return useMemo(() => {
    const { compare } = new Intl.Collator(locale);
    return codes.map((value) => ({ value, label: say.country(value) })).sort((a, b) => compare(a.label, b.label));
  }, [codes, locale, say]);
}

export function CountryInput({ fact, words, given, onAnswer }: FactInputProps) {
  return <OneOf label={fact.name} options={useCountries(words.countries)} given={given} onAnswer={onAnswer} />;
}

/** States and provinces by their codes: only these two federations have rules of their own here. */
export function RegionInput({ fact, words, given, onAnswer }: FactInputProps) {
  const options = words.subdivisions.map((value) => ({ value, label: value }));
  return <OneOf label={fact.name} options={options} given={given} onAnswer={onAnswer} />;
}

interface OneOfProps extends Pick<FactInputProps, 'given' | 'onAnswer'> {
  readonly label: string;
  readonly options: readonly Option[];
}

function OneOf({ label, options, given, onAnswer }: OneOfProps) {
  const { t } = useWords();
  const say = useFactWords();
  const [value, setValue] = useState(typeof given === 'string' ? given : '');
  return (
    <form
      className="one-line"
      onSubmit={(event) => {
        event.preventDefault();
        if (value !== '') onAnswer(value);
      }}
    >
      <NativeSelect
        aria-label={say.name(label)}
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
        data={[{ value: '', label: t('choose') }, ...options]}
      />
      <Button type="submit" disabled={value === ''}>
        {t('ask.answer-it')}
      </Button>
    </form>
  );
}

/** Several countries; complete once given. */
export function CountriesInput({ fact, words, given, onAnswer }: FactInputProps) {
  const { t } = useWords();
  const say = useFactWords();
  const [chosen, setChosen] = useState<readonly string[]>(Array.isArray(given) ? given : []);
  const options = useCountries(words.countries).filter(({ value }) => !chosen.includes(value));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onAnswer(chosen);
      }}
    >
      <p className="small">{t('ask.set.countries')}</p>
      {chosen.length > 0 && (
        <ul className="chips">
          {chosen.map((code) => (
            <li key={code}>
              {say.country(code)}{' '}
              <button type="button" className="plain linked" onClick={() => setChosen(chosen.filter((one) => one !== code))}>
                {t('ask.take-out', { what: say.country(code) })}
              </button>
            </li>
          ))}
        </ul>
      )}
      <NativeSelect
        aria-label={say.name(fact.name)}
        value=""
        onChange={(event) => setChosen([...chosen, event.currentTarget.value])}
        data={[{ value: '', label: t('ask.add-country') }, ...options]}
      />
      <div className="actions">
        <Button type="submit">{t('ask.these-countries', { n: chosen.length })}</Button>
      </div>
    </form>
  );
}
