import type { PartyView } from '@comity/node/api';
import { NativeSelect, TextInput } from '@mantine/core';
import { useWords } from '../../words/useWords.ts';
import type { Faults, OrderDraft } from './order.ts';
import { ProviderCard } from './ProviderCard.tsx';
import { partiesFor } from './partiesFor.ts';

interface Props {
  readonly draft: OrderDraft;
  readonly faults: Faults;
  readonly known: readonly PartyView[];
  readonly onChange: (part: Partial<OrderDraft>) => void;
}

const SEATS = ['validating', 'provider', 'enforcing'] as const;

/** Who takes part, from the directory only, and how long the data are kept. */
export function OrderWhoFields({ draft, faults, known, onChange }: Props) {
  const { t, term, locale } = useWords();
  const countries = new Intl.DisplayNames(locale, { type: 'region' });
  const provider = known.find(({ id }) => id === draft.provider);
  const fault = (path: string): string | undefined => (faults[path] === undefined ? undefined : term(`error.${faults[path]}`));
  return (
    <fieldset className="section fields-stack">
      <legend>{t('order.who')}</legend>
      {SEATS.map((seat) => (
        <NativeSelect
          key={seat}
          id={`data.seats.${seat}`}
          label={term(`seat.${seat}`)}
          description={t(`order.${seat}.help`)}
          value={draft[seat]}
          onChange={(event) => onChange({ [seat]: event.currentTarget.value })}
          data={[
            { value: '', label: t('choose') },
            ...partiesFor(known, { procedure: 'eu.epoc', seat }).map((party) => ({
              value: party.id,
              label: `${party.name} (${countries.of(party.country)})`,
            })),
          ]}
          error={fault(`data.seats.${seat}`)}
          required
        />
      ))}
      {provider !== undefined && <ProviderCard party={provider} />}
      <TextInput
        id="data.retentionUntil"
        type="date"
        label={term('member.retentionUntil')}
        description={t('order.retention.help')}
        value={draft.retentionUntil}
        onChange={(event) => onChange({ retentionUntil: event.currentTarget.value })}
        error={fault('data.retentionUntil')}
        maw={320}
        dir="ltr"
        required
      />
    </fieldset>
  );
}
