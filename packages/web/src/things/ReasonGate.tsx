import { Button, Radio } from '@mantine/core';
import { useState } from 'react';
import { useReason } from '../api/queries.ts';
import { useWords } from '../words/useWords.ts';
import { Problem } from './Problem.tsx';
import { PURPOSES } from './purposes.ts';

/** Asks why a case is being opened, before anything of it shows. */
export function ReasonGate({ caseId }: { readonly caseId: string }) {
  const { t, term } = useWords();
  const [purpose, setPurpose] = useState<string>();
  const reason = useReason(caseId);
  return (
    <form
      className="stack reading"
      onSubmit={(event) => {
        event.preventDefault();
        if (purpose !== undefined) reason.mutate(purpose);
      }}
    >
      <h1>{t('gate.title')}</h1>
      <p>{t('gate.why')}</p>
      <Problem error={reason.error} />
      <Radio.Group value={purpose ?? null} onChange={setPurpose} label={t('gate.label')} name="purpose" className="radios">
        {PURPOSES.map((one) => (
          <Radio key={one} value={one} label={term(`purpose.${one}`)} mt="xs" />
        ))}
      </Radio.Group>
      <Button type="submit" disabled={purpose === undefined} loading={reason.isPending}>
        {t('gate.open')}
      </Button>
    </form>
  );
}
