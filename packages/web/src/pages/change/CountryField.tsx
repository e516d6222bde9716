import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { vocabulary } from '../../api/law.ts';
import { useFactWords } from '../../things/useFactWords.ts';
import { useWords } from '../../words/useWords.ts';

interface Props {
  readonly value: string;
  readonly onChange: (code: string) => void;
  readonly allow: (code: string) => boolean;
}

/** One of those countries that can join or leave. */
export function CountryField({ value, onChange, allow }: Props) {
  const { t, locale } = useWords();
  const say = useFactWords();
  const { data } = useQuery(vocabulary);
  const { compare } = new Intl.Collator(locale);
  const options = (data?.countries ?? [])
    .filter(allow)
    .map((code) => ({ value: code, label: say.country(code) }))
    .sort((a, b) => compare(a.label, b.label));
  return (
    <NativeSelect
      label={t('change.country')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[{ value: '', label: t('choose') }, ...options]}
    />
  );
}
