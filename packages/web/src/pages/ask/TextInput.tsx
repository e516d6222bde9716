import { Button, TextInput as Field } from '@mantine/core';
import { useState } from 'react';
import { useFactWords } from '../../things/useFactWords.ts';
import { useWords } from '../../words/useWords.ts';
import type { FactInputProps } from './FactInput.tsx';

/** A day, a moment or a zone, as the vocabulary writes it; the node says what is wrong with it. */
export function TextInput({ fact, given, onAnswer }: FactInputProps) {
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
      <Field
        type={fact.type === 'date' ? 'date' : 'text'}
        aria-label={say.name(fact.name)}
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
        dir="ltr"
      />
      <Button type="submit" disabled={value === ''}>
        {t('ask.answer-it')}
      </Button>
    </form>
  );
}
