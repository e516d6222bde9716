import { Button, Radio } from '@mantine/core';
import type { UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { useReason } from '../api/queries.ts';
import { useWords } from '../words/useWords.ts';
import { Problem } from './Problem.tsx';
import { PURPOSES } from './purposes.ts';

/** Asks why a case is being opened, before anything of it shows. */
export function ReasonGate({ caseId }: { readonly caseId: string }) {
  const { t } = useWords();
  return <PurposeForm title={t('gate.title')} submit={t('gate.open')} reason={useReason(caseId)} />;
}

interface Props {
  readonly title: string;
  readonly submit: string;
  readonly reason: Pick<UseMutationResult<unknown, unknown, string>, 'mutate' | 'error' | 'isPending'>;
}

/** Asks for one of the closed list of reasons to open something. */
export function PurposeForm({ title, submit, reason }: Props) {
  const { t, term } = useWords();
  const [purpose, setPurpose] = useState<string>();
  return (
    <form
      className="stack reading"
      onSubmit={(event) => {
        event.preventDefault();
        if (purpose !== undefined) reason.mutate(purpose);
      }}
    >
      <h1>{title}</h1>
      <p>{t('gate.why')}</p>
      <Problem error={reason.error} />
      <Radio.Group value={purpose ?? null} onChange={setPurpose} label={t('gate.label')} name="purpose" className="radios">
        {PURPOSES.map((one) => (
          <Radio key={one} value={one} label={term(`purpose.${one}`)} mt="xs" />
        ))}
      </Radio.Group>
      <Button type="submit" disabled={purpose === undefined} loading={reason.isPending}>
        {submit}
      </Button>
    </form>
  );
}
