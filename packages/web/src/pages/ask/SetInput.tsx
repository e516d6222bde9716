import { type FactValue, isPartialSet } from '@comity/core';
import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useFactWords } from '../../things/useFactWords.ts';
import { useWords } from '../../words/useWords.ts';
import type { FactInputProps } from './FactInput.tsx';
import { Meaning } from './Meaning.tsx';
import { namedFirst } from './namedFirst.ts';

/** Several of closed values. The list is complete once it is given: what is not ticked counts as absent. */
export function SetInput({ fact, given, next, onAnswer }: FactInputProps) {
  const { t } = useWords();
  const say = useFactWords();
  const [chosen, setChosen] = useState<readonly string[]>(() => membersOf(given));
  const matters = (value: string): boolean => next === undefined || next.named.length === 0 || next.named.includes(value);
  const ordered = namedFirst(fact.values, next);
  const [first, rest] = [ordered.filter(({ value }) => matters(value)), ordered.filter(({ value }) => !matters(value))];
  const box = ({ value, is }: (typeof first)[number]) => (
    <Checkbox key={value} value={value} label={say.value(value)} description={<Meaning name={say.value(value)} is={is} />} />
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onAnswer(chosen);
      }}
    >
      <p className="small">{t('ask.set')}</p>
      <Checkbox.Group aria-label={say.name(fact.name)} value={[...chosen]} onChange={setChosen}>
        <div className="options">{first.map(box)}</div>
        {rest.length > 0 && (
          <details open={rest.some(({ value }) => chosen.includes(value))}>
            <summary>{t('ask.rest', { n: rest.length })}</summary>
            <div className="options">{rest.map(box)}</div>
          </details>
        )}
      </Checkbox.Group>
      <div className="actions">
        <Button type="submit">{t('ask.these', { n: chosen.length })}</Button>
        {chosen.length > 0 && (
          <Button variant="default" onClick={() => onAnswer({ has: chosen })}>
            {t('ask.at-least-these', { n: chosen.length })}
          </Button>
        )}
      </div>
    </form>
  );
}

/** What a set is known to have. */
function membersOf(given: FactValue | undefined): readonly string[] {
  if (isPartialSet(given)) return given.has ?? [];
  return Array.isArray(given) ? given : [];
}
