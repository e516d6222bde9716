import type { DatasetView, PreparationView } from '@comity/node/api';
import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { nodeNow } from '../../api/now.ts';
import { useOffer } from '../../api/preparation.ts';
import { Problem } from '../../things/Problem.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { momentIn, wallOf } from '../../words/when.ts';

/** How the name that is proposed ends, by what was made. */
const ENDINGS: Readonly<Record<string, string>> = {
  synthesise: 'synthetic',
  deidentify: 'deidentified',
  minimise: 'minimised',
  own: 'coarser',
};

const NAME = /^[a-z0-9][a-z0-9-]{1,39}$/;

/** Lets cases ask for what was made, under a name of its own and up to a day that somebody says; or anew, under the name it had. */
export function Offer({ made, dataset }: { readonly made: PreparationView; readonly dataset: DatasetView }) {
  const { t, locale } = useWords();
  const { zone } = useOwn();
  const before = made.offered?.name;
  const [name, setName] = useState(before ?? proposedName(made, dataset));
  const [until, setUntil] = useState('');
  const offering = useOffer(dataset.id);
  const dayOf = (instant: string): string => wallOf(instant, zone).slice(0, 10);
  const [first, last] = [dayOf(new Date(nodeNow()).toISOString()), dayOf(dataset.expires)];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    offering.mutate({ id: made.id, name, until });
  };
  return (
    <details className="no-print">
      <summary>{t(before === undefined ? 'offer.title' : 'offer.again')}</summary>
      <form className="stack reading" noValidate onSubmit={submit}>
        <p>{t('offer.lead')}</p>
        <Problem error={offering.error} kept />
        {before === undefined && (
          <TextInput
            label={t('offer.name')}
            description={t('offer.name.help')}
            value={name}
            maxLength={40}
            spellCheck={false}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        <TextInput
          type="date"
          label={t('offer.until')}
          description={t('offer.until.help', { at: momentIn(dataset.expires, zone, locale) })}
          value={until}
          min={first}
          max={last}
          required
          withAsterisk={false}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          disabled={!NAME.test(name) || until < first || until > last}
          loading={offering.isPending}
        >
          {t('offer.submit')}
        </Button>
      </form>
    </details>
  );
}

function proposedName(made: PreparationView, dataset: DatasetView): string {
  const stem = dataset.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return `${stem}-${ENDINGS[made.kind] ?? 'prepared'}`.replace(/^-+/, '').slice(0, 40);
}
