import type { OversightView, WatchedReading } from '@comity/node/api';
import { NativeSelect } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useWords } from '../../words/useWords.ts';
import { More } from './More.tsx';
import { officeOf } from './officeOf.ts';
import { ReadingTable } from './ReadingTable.tsx';

/** Lines that are shown at first; and how many the node gives at most. */
const FIRST = 50;
const MOST = 500;

/** Every reading of a case and opening of a delivery in the logs that are watched, the newest first; by office and by kind. */
export function ReadingSection({ view }: { readonly view: OversightView }) {
  const { t } = useWords();
  const { office, kind } = useSearch({ strict: false });
  const [all, setAll] = useState(false);
  const fitting = view.readings.filter((one) => fits(one, { office, kind }));
  const shown = all ? fitting : fitting.slice(0, FIRST);
  return (
    <section className="section" aria-labelledby="readings">
      <h2 id="readings">{t('oversight.readings')}</h2>
      <p>{t('oversight.readings.lead')}</p>
      {view.readings.length === 0 ? (
        <p className="quiet">{t('oversight.readings.empty')}</p>
      ) : (
        <>
          <Choice view={view} office={office ?? ''} kind={kind ?? ''} />
          <p role="status" className="small quiet">
            {fitting.length === 0 ? t('oversight.readings.none') : t('oversight.readings.n', { n: fitting.length })}{' '}
            {view.readings.length === MOST && t('oversight.readings.newest', { n: MOST })}
          </p>
          {shown.length > 0 && <ReadingTable readings={shown} view={view} />}
          <More hidden={fitting.length - shown.length} show={() => setAll(true)} />
        </>
      )}
    </section>
  );
}

function fits(one: WatchedReading, { office, kind }: { office?: string | undefined; kind?: string | undefined }): boolean {
  return (office === undefined || one.party === office) && (kind === undefined || one.opened === kind);
}

/** Whose readings, and of what. The choice stands in the address, so that it can be sent to a colleague. */
function Choice({ view, office, kind }: { readonly view: OversightView; readonly office: string; readonly kind: string }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const choose = (name: 'office' | 'kind', value: string): void =>
    void navigate({
      to: '/oversight',
      search: ({ [name]: _, ...rest }: { office?: string; kind?: WatchedReading['opened'] }) =>
        value === '' ? rest : { ...rest, [name]: value },
      replace: true,
      resetScroll: false,
    });
  const offices = [...new Set([...view.readings.map(({ party }) => party), ...(office === '' ? [] : [office])])];
  return (
    <div className="row choose no-print">
      <NativeSelect
        label={t('oversight.office')}
        value={office}
        onChange={(event) => choose('office', event.currentTarget.value)}
        data={[
          { value: '', label: t('oversight.of.all') },
          ...offices.map((party) => ({ value: party, label: officeOf(view, party) })),
        ]}
      />
      <NativeSelect
        label={t('oversight.kind')}
        value={kind}
        onChange={(event) => choose('kind', event.currentTarget.value)}
        data={[
          { value: '', label: t('oversight.kind.all') },
          { value: 'case', label: t('oversight.kind.case') },
          { value: 'payload', label: t('oversight.kind.payload') },
          { value: 'query', label: t('oversight.kind.query') },
        ]}
      />
    </div>
  );
}
