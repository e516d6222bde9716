import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useHandIn } from '../../api/imports.ts';
import { Problem } from '../../things/Problem.tsx';
import { useWords } from '../../words/useWords.ts';
import { kindOfFile, MOST_BYTES } from './outside.ts';

/** Hands in a PDF, an e-mail or a text that came by another way; it waits in quarantine like everything else. */
export function HandIn() {
  const { t, term } = useWords();
  const [file, setFile] = useState<File>();
  const handing = useHandIn();
  const navigate = useNavigate();
  const kind = file === undefined ? undefined : kindOfFile(file.name);
  const fault =
    file === undefined
      ? undefined
      : kind === undefined
        ? t('handin.kind')
        : file.size > MOST_BYTES
          ? t('handin.large')
          : undefined;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (file === undefined || kind === undefined || fault !== undefined) return;
    const taken = await handing.mutateAsync({ kind, file });
    await navigate({ to: '/imports/$id', params: { id: taken.import } });
  };
  return (
    <section className="section no-print" aria-labelledby="hand-in">
      <h2 id="hand-in">{t('handin.title')}</h2>
      <form className="stack reading" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
        <p>{t('handin.lead')}</p>
        <Problem error={handing.error} />
        <div>
          <label htmlFor="hand-in-file" className="file-label">
            {t('handin.file')}
          </label>
          <input
            id="hand-in-file"
            type="file"
            accept=".pdf,.eml,.txt"
            aria-describedby="hand-in-says"
            onChange={(event) => setFile(event.currentTarget.files?.[0])}
          />
          <p id="hand-in-says" role="status" className={fault === undefined ? 'small quiet' : 'small consequence'}>
            {fault ?? (kind === undefined ? t('handin.kinds') : t('handin.read-as', { kind: term(`import.kind.${kind}`) }))}
          </p>
        </div>
        <Button type="submit" disabled={kind === undefined || fault !== undefined} loading={handing.isPending}>
          {t('handin.submit')}
        </Button>
      </form>
    </section>
  );
}
