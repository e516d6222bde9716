import type { ForeignView } from '@comity/node/api';
import { NativeSelect, TextInput } from '@mantine/core';
import { MomentField } from '../../things/MomentField.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { instantOf } from '../../words/when.ts';

/** A call to the sender, as far as it is noted. */
export interface Call {
  readonly authority: string;
  readonly spokeWith: string;
  readonly at: string;
}

export type CallFaults = Readonly<Partial<Record<keyof Call, string>>>;

/** What a note of a call lacks, by its field. A call cannot lie ahead. */
export function callFaults(call: Call, { zone, now }: { readonly zone: string; readonly now: number }): CallFaults {
  const at = instantOf(call.at, zone);
  return {
    ...(call.authority === '' ? { authority: 'field-missing' } : {}),
    ...(call.spokeWith.trim() === '' ? { spokeWith: 'field-missing' } : {}),
    ...(at === undefined ? { at: 'field-missing' } : Date.parse(at) > now ? { at: 'import-needs-call-back' } : {}),
  };
}

interface Props {
  readonly call: Call;
  readonly authorities: readonly ForeignView[];
  readonly faults: CallFaults;
  readonly onChange: (call: Call) => void;
}

/** Whom one called back, when, and at which number: that of this organisation's own list, never one that stands in the document. */
export function CallBack({ call, authorities, faults, onChange }: Props) {
  const { t, term, locale } = useWords();
  const { zone } = useOwn();
  const countries = new Intl.DisplayNames(locale, { type: 'region' });
  const error = (name: keyof Call): string | undefined =>
    faults[name] === undefined ? undefined : term(`error.${faults[name]}`);
  const called = authorities.find(({ id }) => id === call.authority);
  return (
    <fieldset className="fields-stack call-back">
      <legend>{t('import.call')}</legend>
      <p className="small">{t('import.call.rule')}</p>
      {authorities.length === 0 && <p className="consequence">{t('import.call.none')}</p>}
      <NativeSelect
        id="call-authority"
        label={t('import.call.whom')}
        value={call.authority}
        onChange={(event) => onChange({ ...call, authority: event.currentTarget.value })}
        data={[
          { value: '', label: t('choose') },
          ...authorities.map(({ id, name, country }) => ({ value: id, label: `${name} (${countries.of(country)})` })),
        ]}
        error={error('authority')}
        required
      />
      {called !== undefined && (
        <p role="status">
          {t('import.call.number')}{' '}
          <bdi className="mono" dir="ltr">
            {called.phone}
          </bdi>
        </p>
      )}
      <TextInput
        id="call-spoke"
        label={t('import.call.spoke')}
        value={call.spokeWith}
        onChange={(event) => onChange({ ...call, spokeWith: event.currentTarget.value })}
        error={error('spokeWith')}
        maxLength={200}
        dir="auto"
        autoComplete="off"
        required
      />
      <MomentField
        id="call-at"
        label={t('import.call.at')}
        value={call.at}
        zone={zone}
        onChange={(at) => onChange({ ...call, at })}
        error={error('at')}
      />
    </fieldset>
  );
}
