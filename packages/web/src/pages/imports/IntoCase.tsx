import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { deskOf } from '../../api/queries.ts';
import { shortId } from '../../things/shortId.ts';
import { useWords } from '../../words/useWords.ts';
import type { SendProps } from './TakeUp.tsx';

/** A case that is open here already: chosen from the desk, of which the end of a number finds one. */
export function IntoCase({ send, busy }: SendProps) {
  const { t, term } = useWords();
  const [find, setFind] = useState('');
  const [chosen, setChosen] = useState('');
  const [tried, setTried] = useState(false);
  const sought = find.trim().toLowerCase();
  const { data } = useQuery(deskOf(/^[0-9a-f-]{4,36}$/.test(sought) ? { page: 0, find: sought } : { page: 0 }));
  const rows = data?.rows.filter(({ closed }) => !closed) ?? [];
  const picked = rows.some(({ id }) => id === chosen) ? chosen : '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (picked !== '') void send({ case: picked });
  };
  return (
    <form className="fields-stack reading" noValidate onSubmit={submit}>
      <TextInput
        label={t('import.case.find')}
        description={t('import.case.find.help')}
        value={find}
        onChange={(event) => setFind(event.currentTarget.value)}
        classNames={{ input: 'mono' }}
        dir="ltr"
        autoComplete="off"
      />
      <NativeSelect
        label={t('import.case.which')}
        value={picked}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={[
          { value: '', label: t('choose') },
          ...rows.map(({ id, procedure }) => ({ value: id, label: `${shortId(id)} ${term(`procedure.${procedure}`)}` })),
        ]}
        error={tried && picked === '' ? term('error.field-missing') : undefined}
        required
      />
      <Button type="submit" loading={busy}>
        {t('import.case.submit')}
      </Button>
    </form>
  );
}
