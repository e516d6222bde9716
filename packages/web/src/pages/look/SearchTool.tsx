import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useWords } from '../../words/useWords.ts';
import type { RowAt } from './evidence.ts';
import { RowList } from './RowList.tsx';
import { search } from './search.ts';
import { type Bench, itemsOf } from './tools.ts';

/** Full text over everything that was opened. */
export function SearchTool({ tables, ask, busy, ready, ...picking }: Bench) {
  const { t } = useWords();
  const [question, setQuestion] = useState('');
  const [found, setFound] = useState<readonly RowAt[]>();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    await ask('search', itemsOf(tables));
    setFound(search(tables, question));
  };
  return (
    <section aria-label={t('look.tool.search')}>
      <form className="row tool-form no-print" onSubmit={(event) => void submit(event).catch(() => undefined)}>
        <TextInput
          label={t('look.search.what')}
          description={t('look.search.help')}
          value={question}
          onChange={(event) => setQuestion(event.currentTarget.value)}
          dir="auto"
          autoComplete="off"
        />
        <Button type="submit" loading={busy} disabled={!ready || question.trim() === ''}>
          {t('look.search.go')}
        </Button>
      </form>
      {found !== undefined && <RowList tables={tables} rows={found} picked={picking.picked} onPick={picking.onPick} />}
    </section>
  );
}
