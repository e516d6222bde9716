import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useWords } from '../../words/useWords.ts';
import type { Never } from './domainDraft.ts';

interface Props {
  readonly never: readonly Never[];
  /** Columns that leave. */
  readonly names: readonly string[];
  readonly onChange: (never: readonly Never[]) => void;
}

/** What can never stand together in a row, pair by pair: the twin then has no such row. */
export function NeverForm({ never, names, onChange }: Props) {
  const { t } = useWords();
  const nothing = { column: '', value: '' };
  const add = (): void => onChange([...never, { key: Math.max(0, ...never.map(({ key }) => key)) + 1, a: nothing, b: nothing }]);
  return (
    <fieldset className="stack never">
      <legend>{t('never.title')}</legend>
      <p className="small">{t('never.lead')}</p>
      {never.map((one, index) => (
        <Pair
          key={one.key}
          pair={one}
          number={index + 1}
          names={names}
          onChange={(changed) => onChange(never.map((other) => (other.key === one.key ? changed : other)))}
          onRemove={() => onChange(never.filter(({ key }) => key !== one.key))}
        />
      ))}
      <Button variant="default" size="xs" disabled={names.length < 2} onClick={add}>
        {t('never.add')}
      </Button>
    </fieldset>
  );
}

interface PairProps {
  readonly pair: Never;
  readonly number: number;
  readonly names: readonly string[];
  readonly onChange: (pair: Never) => void;
  readonly onRemove: () => void;
}

function Pair({ pair, number, names, onChange, onRemove }: PairProps) {
  const { t } = useWords();
  return (
    <fieldset className="own-choice pair-row" aria-label={t('never.pair', { number })}>
      <Side label={t('never.first')} side={pair.a} names={names} onChange={(a) => onChange({ ...pair, a })} />
      <Side label={t('never.second')} side={pair.b} names={names} onChange={(b) => onChange({ ...pair, b })} />
      <Button variant="subtle" size="xs" onClick={onRemove}>
        {t('never.remove')}
      </Button>
    </fieldset>
  );
}

interface SideProps {
  readonly label: string;
  readonly side: Never['a'];
  readonly names: readonly string[];
  readonly onChange: (side: Never['a']) => void;
}

function Side({ label, side, names, onChange }: SideProps) {
  const { t } = useWords();
  return (
    <div className="side">
      <NativeSelect
        label={label}
        value={side.column}
        data={[{ value: '', label: t('never.choose') }, ...names]}
        onChange={(event) => onChange({ ...side, column: event.currentTarget.value })}
      />
      <TextInput
        label={t('never.value')}
        value={side.value}
        maxLength={200}
        spellCheck={false}
        onChange={(event) => onChange({ ...side, value: event.currentTarget.value })}
      />
    </div>
  );
}
