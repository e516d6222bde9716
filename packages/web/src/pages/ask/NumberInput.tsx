import { type FactValue, isPartialSet, type NumberRange } from '@comity/core';
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useFactWords } from '../../things/useFactWords.ts';
import { useWords } from '../../words/useWords.ts';
import type { FactInputProps } from './FactInput.tsx';

/** A number, or the range it lies in: where only a threshold counts, nobody need count further. A share is keyed in per cent. */
export function NumberInput({ fact, given, next, onAnswer }: FactInputProps) {
  const { t } = useWords();
  const say = useFactWords();
  const isShare = fact.type === 'share';
  const [typed, setTyped] = useState(typeof given === 'number' ? String(isShare ? given * 100 : given) : '');
  const value = Number(typed.replace(',', '.')) / (isShare ? 100 : 1);
  const sound = typed.trim() !== '' && value >= 0 && value <= (isShare ? 1 : Number.MAX_SAFE_INTEGER);
  const ranges = (next?.ranges ?? []).filter(isRange);
  return (
    <>
      <form
        className="one-line"
        onSubmit={(event) => {
          event.preventDefault();
          if (sound) onAnswer(value);
        }}
      >
        <TextInput
          inputMode="decimal"
          aria-label={isShare ? t('ask.percent', { fact: say.name(fact.name) }) : say.name(fact.name)}
          rightSection={isShare ? '%' : undefined}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={typed.trim() !== '' && !sound ? t('ask.no-number') : undefined}
          dir="ltr"
        />
        <Button type="submit" disabled={!sound}>
          {t('ask.answer-it')}
        </Button>
      </form>
      {ranges.length > 1 && (
        <>
          <p className="small">{t('ask.ranges')}</p>
          <div className="ranges">
            {ranges.map((range) => (
              <Button key={JSON.stringify(range)} variant="default" size="compact-md" onClick={() => onAnswer(range)}>
                {say.range(range)}
              </Button>
            ))}
          </div>
        </>
      )}
    </>
  );
}

function isRange(value: FactValue): value is NumberRange {
  return typeof value === 'object' && !Array.isArray(value) && !isPartialSet(value);
}
