import type { DatasetView, PreparationView } from '@comity/node/api';
import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useOffer } from '../../api/preparation.ts';
import { Problem } from '../../things/Problem.tsx';
import { useWords } from '../../words/useWords.ts';

/** How the name that is proposed ends, by what was made. */
const ENDINGS: Readonly<Record<string, string>> = { synthesise: 'synthetic', deidentify: 'deidentified', minimise: 'minimised' };

const NAME = /^[a-z0-9][a-z0-9-]{1,39}$/;

/** Lets cases ask for what was made, under a name of its own. */
export function Offer({ made, dataset }: { readonly made: PreparationView; readonly dataset: DatasetView }) {
  const { t } = useWords();
  const [name, setName] = useState(
    `${dataset.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}-${ENDINGS[made.kind] ?? 'prepared'}`
      .replace(/^-+/, '')
      .slice(0, 40),
  );
  const offering = useOffer(dataset.id);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    offering.mutate({ id: made.id, name });
  };
  return (
    <details className="no-print">
      <summary>{t('offer.title')}</summary>
      <form className="stack reading" noValidate onSubmit={submit}>
        <p>{t('offer.lead')}</p>
        <Problem error={offering.error} kept />
        <TextInput
          label={t('offer.name')}
          description={t('offer.name.help')}
          value={name}
          maxLength={40}
          spellCheck={false}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={!NAME.test(name)} loading={offering.isPending}>
          {t('offer.submit')}
        </Button>
      </form>
    </details>
  );
}
