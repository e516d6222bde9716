import { TextInput } from '@mantine/core';
import { useWords } from '../words/useWords.ts';
import { instantOf, momentIn } from '../words/when.ts';

interface Props {
  readonly id?: string;
  readonly label: string;
  /** As the input keeps it: `2026-03-01T08:00`, a wall clock's time in the zone. */
  readonly value: string;
  readonly zone: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
}

/** A time keyed in a zone, echoed at once in words and in UTC: a wrong zone is the commonest reason for a wrong answer. */
export function MomentField({ id, label, value, zone, onChange, error }: Props) {
  const { locale, t } = useWords();
  const instant = instantOf(value, zone);
  return (
    <div>
      <TextInput
        {...(id === undefined ? {} : { id })}
        type="datetime-local"
        label={label}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={error}
        dir="ltr"
      />
      {instant !== undefined && (
        <p className="small quiet echo">
          {t('moment.echo', { local: momentIn(instant, zone, locale), utc: momentIn(instant, 'UTC', locale) })}
        </p>
      )}
    </div>
  );
}
