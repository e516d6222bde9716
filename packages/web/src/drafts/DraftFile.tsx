import { Button, FileInput, PasswordInput } from '@mantine/core';
import { useId, useState } from 'react';
import { saveFile } from '../things/saveFile.ts';
import { useWords } from '../words/useWords.ts';
import { MOST_BYTES, openDraft, SHORTEST, sealDraft } from './file.ts';
import type { Draft } from './useDraft.ts';
import './draft.css';

type Said = 'draft.file.saved' | 'draft.file.taken' | 'draft.file.no-draft' | 'draft.file.not-opened' | 'draft.file.short';

/** Takes a draft along as an encrypted file, or takes one up: for a computer without a network, or the next day on another. */
export function DraftFile<T>({ draft }: { readonly draft: Draft<T> }) {
  const { t } = useWords();
  const [passphrase, setPassphrase] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [said, setSaid] = useState<Said>();
  const id = useId();
  const save = async (): Promise<void> => {
    if (passphrase.length < SHORTEST) return setSaid('draft.file.short');
    const text = await sealDraft(draft.name, draft.value, passphrase);
    saveFile(new Blob([text], { type: 'application/json' }), `${draft.name}.comity-draft.json`);
    setSaid('draft.file.saved');
  };
  const take = async (): Promise<void> => {
    if (file === null || file.size > MOST_BYTES) return setSaid('draft.file.no-draft');
    const opened = await openDraft(draft.name, await file.text(), passphrase);
    if (!opened.ok) return setSaid(`draft.file.${opened.why}`);
    setSaid(draft.offer(opened.draft) ? 'draft.file.taken' : 'draft.file.no-draft');
  };
  return (
    <details className="draftfile small no-print">
      <summary>{t('draft.file.title')}</summary>
      <p className="quiet">{t('draft.file.why')}</p>
      <PasswordInput
        id={`${id}-phrase`}
        label={t('draft.file.passphrase', { count: SHORTEST })}
        value={passphrase}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
        autoComplete="off"
      />
      <div className="actions">
        <Button type="button" variant="default" onClick={() => void save()}>
          {t('draft.file.save')}
        </Button>
        <FileInput
          aria-label={t('draft.file.choose')}
          placeholder={t('draft.file.choose')}
          value={file}
          onChange={setFile}
          accept=".json,application/json"
        />
        <Button type="button" variant="default" disabled={file === null} onClick={() => void take()}>
          {t('draft.file.take')}
        </Button>
      </div>
      <p role="status">{said === undefined ? '' : t(said)}</p>
    </details>
  );
}
