import { Button } from '@mantine/core';
import { useWords } from '../../words/useWords.ts';
import type { FactInputProps } from './FactInput.tsx';

export function YesNoInput({ given, onAnswer }: FactInputProps) {
  const { t } = useWords();
  return (
    <div className="actions">
      {[true, false].map((value) => (
        <Button
          key={String(value)}
          variant={given === value ? 'filled' : 'default'}
          aria-pressed={given === value}
          onClick={() => onAnswer(value)}
        >
          {t(value ? 'yes' : 'no')}
        </Button>
      ))}
    </div>
  );
}
