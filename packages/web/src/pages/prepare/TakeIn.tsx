import { Button, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type DragEvent, type FormEvent, useState } from 'react';
import { useFetch, useTakeIn } from '../../api/preparation.ts';
import { Problem } from '../../things/Problem.tsx';
import { useWords } from '../../words/useWords.ts';
import { useBytes } from './figures.ts';

const LARGEST = 2 * 1024 ** 3;

/** Drops a file in, or takes one from a bucket: it stays on the node and is read through once. */
export function TakeIn({ buckets }: { readonly buckets: readonly string[] }) {
  const { t } = useWords();
  const [file, setFile] = useState<File>();
  const [address, setAddress] = useState('');
  const [name, setName] = useState('');
  const [population, setPopulation] = useState('');
  const [taking, fetching] = [useTakeIn(), useFetch()];
  const navigate = useNavigate();
  const nameAfter = (path: string): void =>
    setName(
      path
        .replace(/^.*\//, '')
        .replace(/\.[^.]+$/, '')
        .slice(0, 100),
    );
  const choose = (chosen: File | undefined): void => {
    setFile(chosen);
    setAddress('');
    nameAfter(chosen?.name ?? '');
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const about = { name: name.trim(), population: population.trim() };
    const { dataset } = await (file === undefined
      ? fetching.mutateAsync({ ...about, address: address.trim() })
      : taking.mutateAsync({ ...about, file }));
    await navigate({ to: '/prepare/$dataset', params: { dataset } });
  };
  const chosen = file === undefined ? address.trim() !== '' : faultOf(file) === undefined;
  const working = taking.isPending || fetching.isPending;
  return (
    <section className="section" aria-labelledby="take-in">
      <h2 id="take-in">{t('take-in.title')}</h2>
      <form className="stack reading" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
        <p>{t('take-in.lead')}</p>
        <Problem error={taking.error ?? fetching.error} kept />
        <DropZone file={file} onChoose={choose} />
        {buckets.length > 0 && file === undefined && (
          <Address
            buckets={buckets}
            address={address}
            onAddress={(typed) => {
              setAddress(typed);
              nameAfter(typed);
            }}
          />
        )}
        {(file !== undefined || address !== '') && (
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
            <Button type="submit" disabled={!chosen || name.trim() === '' || population.trim() === ''} loading={working}>
              {t('take-in.submit')}
            </Button>
          </>
        )}
        {working && <p role="status">{t('take-in.working')}</p>}
      </form>
    </section>
  );
}

interface AddressProps {
  readonly buckets: readonly string[];
  readonly address: string;
  readonly onAddress: (typed: string) => void;
}

/** Where a file lies in one of the buckets that the operator has named. */
function Address({ buckets, address, onAddress }: AddressProps) {
  const { t } = useWords();
  const [first = ''] = buckets;
  return (
    <TextInput
      label={t('take-in.address')}
      description={t('take-in.address.help', { example: `${first}file.parquet`, buckets: buckets.join(', ') })}
      value={address}
      maxLength={1_000}
      dir="ltr"
      spellCheck={false}
      onChange={(event) => onAddress(event.currentTarget.value)}
    />
  );
}

function faultOf(file: File): 'take-in.kind' | 'take-in.large' | undefined {
  if (!/\.(csv|tsv|txt|parquet|json|jsonl|ndjson|arrow|arrows|feather|ipc)$/i.test(file.name)) return 'take-in.kind';
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
        accept=".csv,.tsv,.txt,.parquet,.json,.jsonl,.ndjson,.arrow,.arrows,.feather,.ipc"
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
