import type { ForeignView, ImportView } from '@comity/node/api';
import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { imports, useDecideImport } from '../../api/imports.ts';
import { Problem } from '../../things/Problem.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { TakeUp } from './TakeUp.tsx';

export interface DecideProps {
  readonly view: ImportView;
  readonly authorities: readonly ForeignView[];
}

/** What becomes of it: taken up by two persons, each after a call, or refused by one for a reason of the list. */
export function DecideImport({ view, authorities }: DecideProps) {
  const { t } = useWords();
  return (
    <section className="section decision no-print" aria-labelledby="decide">
      <h2 id="decide">{t('import.decide')}</h2>
      <Taking view={view} authorities={authorities} />
      <details className="refusing">
        <summary>{t('import.refuse.title')}</summary>
        <RefuseForm id={view.id} />
      </details>
    </section>
  );
}

function Taking(props: DecideProps) {
  const { t } = useWords();
  const { person } = useOwn();
  const { steps, state } = props.view;
  const mine = state === 'proposed' && steps.some((step) => step.person === person?.id);
  return mine ? <p>{t('import.second.other')}</p> : <TakeUp {...props} />;
}

function RefuseForm({ id }: { readonly id: string }) {
  const { t, term } = useWords();
  const reasons = useQuery(imports).data?.reasons ?? [];
  const [reason, setReason] = useState('');
  const [words, setWords] = useState('');
  const [tried, setTried] = useState(false);
  const deciding = useDecideImport(id);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (reason !== '') deciding.mutate({ decision: 'refused', reason, words: words.trim() });
  };
  return (
    <form className="stack reading" noValidate onSubmit={submit}>
      <Problem error={deciding.error} kept />
      <NativeSelect
        id="refuse-reason"
        label={t('import.refuse.reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        data={[{ value: '', label: t('choose') }, ...reasons.map((one) => ({ value: one, label: term(`import.reason.${one}`) }))]}
        error={tried && reason === '' ? term('error.field-missing') : undefined}
        required
      />
      <Textarea
        label={t('import.words')}
        description={t('import.words.help')}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        maxLength={4000}
        dir="auto"
      />
      <Button type="submit" variant="default" loading={deciding.isPending}>
        {t('import.refuse.submit')}
      </Button>
    </form>
  );
}
