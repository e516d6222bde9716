import type { OpeningView, PartyView } from '@comity/node/api';
import { NativeSelect, Textarea } from '@mantine/core';
import { useWords } from '../../words/useWords.ts';
import { MemberFields } from '../case/MemberFields.tsx';
import '../case/case.css';
import { type AnyDraft, categoriesOf, optionalMembers, sectionsAsked, typesOf } from './anyDraft.ts';
import { OrderItems } from './OrderItems.tsx';
import type { Faults } from './order.ts';
import { ProviderCard } from './ProviderCard.tsx';
import { partiesFor } from './partiesFor.ts';

interface Props {
  readonly opening: OpeningView;
  readonly draft: AnyDraft;
  readonly party: PartyView;
  readonly known: readonly PartyView[];
  readonly faults: Faults;
  readonly onChange: (part: Partial<AnyDraft>) => void;
}

/** What is asked, why, and who takes part: each field as its procedure has it, with who will read it. */
export function AnyFields({ opening, draft, party, known, faults, onChange }: Props) {
  const { t } = useWords();
  const optional = optionalMembers(opening);
  const members = (carries: OpeningView['carries']) => (
    <MemberFields
      move={{ carries }}
      members={draft.members}
      faults={faults}
      zone={party.zone}
      onChange={(next) => onChange({ members: next })}
    />
  );
  return (
    <>
      {opening.categories.length > 0 && (
        <OrderItems
          items={draft.items}
          party={party}
          faults={faults}
          onChange={(items) => onChange({ items })}
          types={typesOf(opening)}
          categories={categoriesOf(opening)}
        />
      )}
      <fieldset className="section fields-stack">
        <legend>{t('order.why')}</legend>
        {members(opening.carries)}
        <Texts opening={opening} draft={draft} faults={faults} onChange={onChange} />
        {Object.keys(optional).length > 0 && (
          <details>
            <summary>{t('any.optional')}</summary>
            {members(optional)}
          </details>
        )}
      </fieldset>
      <Seats opening={opening} draft={draft} known={known} faults={faults} onChange={onChange} />
    </>
  );
}

function Texts({ opening, draft, faults, onChange }: Omit<Props, 'party' | 'known'>) {
  const { t, term, locale } = useWords();
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  return sectionsAsked(opening).map(({ name, readers, required }) => (
    <Textarea
      key={name}
      id={`sections.${name}`}
      label={term(`section.${name}`)}
      description={t('section.readers', { readers: list.format(readers.map((seat) => term(`seat.${seat}`))) })}
      value={draft.texts[name] ?? ''}
      onChange={(event) => onChange({ texts: { ...draft.texts, [name]: event.currentTarget.value } })}
      error={faults[`sections.${name}`] === undefined ? undefined : term(`error.${faults[`sections.${name}`]}`)}
      rows={3}
      dir="auto"
      required={required}
    />
  ));
}

function Seats({ opening, draft, known, faults, onChange }: Omit<Props, 'party'>) {
  const { t, term, locale } = useWords();
  const countries = new Intl.DisplayNames(locale, { type: 'region' });
  const provider = known.find(({ id }) => id === draft.seats['provider']);
  if (opening.seats.length === 0) return null;
  return (
    <fieldset className="section fields-stack">
      <legend>{t('order.who')}</legend>
      {opening.seats.map(({ seat, required }) => (
        <NativeSelect
          key={seat}
          id={`data.seats.${seat}`}
          label={term(`seat.${seat}`)}
          value={draft.seats[seat] ?? ''}
          onChange={(event) => onChange({ seats: { ...draft.seats, [seat]: event.currentTarget.value } })}
          data={[
            { value: '', label: t('choose') },
            ...partiesFor(known, { procedure: opening.procedure, seat }).map((party) => ({
              value: party.id,
              label: `${party.name} (${countries.of(party.country)})`,
            })),
          ]}
          error={faults[`data.seats.${seat}`] === undefined ? undefined : term(`error.${faults[`data.seats.${seat}`]}`)}
          required={required}
        />
      ))}
      {provider !== undefined && <ProviderCard party={provider} />}
    </fieldset>
  );
}
