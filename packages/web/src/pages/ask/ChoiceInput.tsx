import { Button, Radio } from '@mantine/core';
import { useState } from 'react';
import { useFactWords } from '../../things/useFactWords.ts';
import { useWords } from '../../words/useWords.ts';
import type { FactInputProps } from './FactInput.tsx';
import { Meaning } from './Meaning.tsx';
import { namedFirst } from './namedFirst.ts';

/** One of closed values, each with what it means. */
export function ChoiceInput({ fact, given, next, onAnswer }: FactInputProps) {
  const { t } = useWords();
  const say = useFactWords();
  const [value, setValue] = useState(typeof given === 'string' ? given : '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (value !== '') onAnswer(value);
      }}
    >
      <Radio.Group aria-label={say.name(fact.name)} value={value} onChange={setValue}>
        <div className="options">
          {namedFirst(fact.values, next).map((one) => (
            <Radio
              key={one.value}
              value={one.value}
              label={say.value(one.value)}
              description={<Meaning name={say.value(one.value)} is={one.is} />}
            />
          ))}
        </div>
      </Radio.Group>
      <div className="actions">
        <Button type="submit" disabled={value === ''}>
          {t('ask.answer-it')}
        </Button>
      </div>
    </form>
  );
}
