import type { Report } from '@comity/verify';
import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { askBytes, askText } from '../../api/client.ts';
import { Problem } from '../../things/Problem.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { ReportView } from './ReportView.tsx';
import './verify.css';

/** Was it done by the book? The answer is computed in this page, from the file and one trusted key; the node is not asked. */
export function VerifyPage() {
  const { t } = useWords();
  const { sandbox, lobby } = useOwn();
  const caseId = useSearch({ strict: false, select: (search) => search.case });
  const [file, setFile] = useState<File>();
  const [trust, setTrust] = useState('');
  useEffect(() => {
    if (lobby !== undefined) void askText(`${lobby}/trust.json`).then(setTrust, () => undefined);
  }, [lobby]);
  const run = useMutation({
    mutationFn: async (): Promise<Report> => {
      const verifier = await import('./runVerifier.ts');
      const trusted = verifier.readTrust(trust, sandbox ? 'sandbox' : 'production');
      const bytes =
        file === undefined
          ? await askBytes(`/api/cases/${encodeURIComponent(caseId ?? '')}/proof`)
          : new Uint8Array(await file.arrayBuffer());
      return verifier.runVerifier(bytes, trusted);
    },
  });
  return (
    <>
      {caseId !== undefined && (
        <p className="small no-print">
          <Link to="/cases/$id" params={{ id: caseId }}>
            {t('case.to')}
          </Link>
        </p>
      )}
      <h1>{t('verify.title')}</h1>
      <p>{t('verify.lead')}</p>
      <form
        className="stack reading no-print"
        onSubmit={(event) => {
          event.preventDefault();
          run.mutate();
        }}
      >
        <FileField file={file} caseId={caseId} onChange={setFile} />
        <Textarea
          className="wide"
          label={t('verify.trust')}
          description={sandbox ? t('verify.trust.sandbox') : t('verify.trust.help')}
          value={trust}
          onChange={(event) => setTrust(event.currentTarget.value)}
          rows={3}
          classNames={{ input: 'mono' }}
          dir="ltr"
          required
        />
        <Button
          type="submit"
          loading={run.isPending}
          disabled={trust.trim() === '' || (file === undefined && caseId === undefined)}
        >
          {t('verify.run')}
        </Button>
      </form>
      <p className="small no-print">
        {t('verify.page')}{' '}
        <a href="/verifier.html" download="comity-verifier.html">
          {t('verify.page.save')}
        </a>
      </p>
      <Problem error={run.error} kept />
      {run.data !== undefined && <ReportView report={run.data} />}
    </>
  );
}

interface FileProps {
  readonly file: File | undefined;
  readonly caseId: string | undefined;
  readonly onChange: (file: File | undefined) => void;
}

/** A file by choosing or by dropping it; or the case one came from. */
function FileField({ file, caseId, onChange }: FileProps) {
  const { t } = useWords();
  return (
    <fieldset
      className="drop wide"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        onChange(event.dataTransfer.files[0]);
      }}
    >
      <label>
        <strong>{t('verify.file')}</strong>
        <input type="file" accept=".comity,application/json" onChange={(event) => onChange(event.currentTarget.files?.[0])} />
      </label>
      <p className="small quiet">
        {file === undefined ? t(caseId === undefined ? 'verify.drop' : 'verify.this') : t('verify.chosen', { name: file.name })}
      </p>
    </fieldset>
  );
}
