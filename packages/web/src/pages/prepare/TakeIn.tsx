import { Button, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type DragEvent, type FormEvent, useState } from 'react';
import { useTakeIn } from '../../api/preparation.ts';
import { Problem } from '../../things/Problem.tsx';
import { useWords } from '../../words/useWords.ts';
import { useBytes } from './figures.ts';

const LARGEST = 2 * 1024 ** 3;

/** Drops a file in: it stays on the node and is read through once. */
export function TakeIn() {
  const { t } = useWords();
  const [file, setFile] = useState<File>();
  const [name, setName] = useState('');
  const [population, setPopulation] = useState('');
  const taking = useTakeIn();
  const navigate = useNavigate();
  const choose = (chosen: File | undefined): void => {
    setFile(chosen);
    setName(chosen?.name.replace(/\.[^.]+$/, '').slice(0, 100) ?? '');
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (file === undefined) return;
    const { dataset } = await taking.mutateAsync({ file, name: name.trim(), population: population.trim() });
    await navigate({ to: '/prepare/$dataset', params: { dataset } });
  };
  const ready = file !== undefined && faultOf(file) === undefined && name.trim() !== '' && population.trim() !== '';
  return (
    <section className="section" aria-labelledby="take-in">
      <h2 id="take-in">{t('take-in.title')}</h2>
      <form className="stack reading" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
        <p>{t('take-in.lead')}</p>
        <Problem error={taking.error} kept />
        <DropZone file={file} onChoose={choose} />
        {file !== undefined && (
          <>
            <TextInput
              label={t('take-in.name')}
              value={name}
              maxLength={100}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <TextInput
              label={t('take-in.population')}
              description={t('take-in.population.help')}
              value={population}
              maxLength={100}
              onChange={(event) => setPopulation(event.currentTarget.value)}
            />
            <Button type="submit" disabled={!ready} loading={taking.isPending}>
              {t('take-in.submit')}
            </Button>
          </>
        )}
        {taking.isPending && <p role="status">{t('take-in.working')}</p>}
      </form>
    </section>
  );
}

function faultOf(file: File): 'take-in.kind' | 'take-in.large' | undefined {
  if (!/\.(csv|tsv|txt|parquet|json|jsonl|ndjson)$/i.test(file.name)) return 'take-in.kind';
  return file.size > LARGEST ? 'take-in.large' : undefined;
}

function DropZone({ file, onChoose }: { readonly file: File | undefined; readonly onChoose: (file: File | undefined) => void }) {
  const { t } = useWords();
  const bytes = useBytes();
  const [over, setOver] = useState(false);
  const fault = file === undefined ? undefined : faultOf(file);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    onChoose(event.dataTransfer.files[0]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way to what the file input inside does for every keyboard
    <div
      className={over ? 'drop wide over' : 'drop wide'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <label htmlFor="take-in-file" className="file-label">
        {t('take-in.file')}
      </label>
      <input
        id="take-in-file"
        type="file"
        accept=".csv,.tsv,.txt,.parquet,.json,.jsonl,.ndjson"
        aria-describedby="take-in-says"
        onChange={(event) => onChoose(event.currentTarget.files?.[0])}
      />
      <p id="take-in-says" role="status" className={fault === undefined ? 'small quiet' : 'small consequence'}>
        {fault !== undefined
          ? t(fault)
          : file === undefined
            ? t('take-in.drop')
            : t('take-in.chosen', { name: file.name, size: bytes(file.size) })}
      </p>
    </div>
  );
}
