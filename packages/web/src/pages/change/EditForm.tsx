import type { JsonObject } from '@comity/core';
import { isDay, isJsonObject } from '@comity/core';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { nodeNow } from '../../api/now.ts';
import { useFactWords } from '../../things/useFactWords.ts';
import { useWords } from '../../words/useWords.ts';
import { CountryField } from './CountryField.tsx';
import { EDIT_KINDS, type Edit, exceptionsOf, membersOf, numbersIn, regionsOf } from './packDraft.ts';

interface Props {
  readonly pack: JsonObject;
  readonly onAdd: (edit: Edit) => void;
}

interface Fields {
  readonly rule: string;
  readonly exception: string;
  readonly region: string;
  readonly country: string;
  readonly number: string;
  readonly value: string;
  readonly day: string;
}

/** Drafts one change: of a rule, an exception, a region or a number. */
export function EditForm({ pack, onAdd }: Props) {
  const { t } = useWords();
  const [kind, setKind] = useState<Edit['kind']>('ends');
  const [fields, setFields] = useState<Fields>(() => blank());
  const put = (next: Partial<Fields>): void => setFields({ ...fields, ...next });
  const edit = editOf(kind, fields, pack);
  return (
    <form
      className="edit-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (edit === undefined) return;
        onAdd(edit);
        setFields({ ...blank(), day: fields.day });
      }}
    >
      <NativeSelect
        label={t('change.kind')}
        value={kind}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          setKind(EDIT_KINDS.find((one) => one === chosen) ?? 'ends');
        }}
        data={EDIT_KINDS.map((one) => ({ value: one, label: t(`change.kind.${one}`) }))}
      />
      {(kind === 'ends' || kind === 'starts' || kind === 'drops') && (
        <RuleFields kind={kind} pack={pack} fields={fields} put={put} />
      )}
      {(kind === 'joins' || kind === 'leaves') && <RegionFields kind={kind} pack={pack} fields={fields} put={put} />}
      {kind === 'number' && <NumberFields kind={kind} pack={pack} fields={fields} put={put} />}
      {kind !== 'drops' && kind !== 'number' && (
        <TextInput
          type="date"
          label={t('change.day')}
          value={fields.day}
          onChange={(event) => put({ day: event.currentTarget.value })}
          dir="ltr"
        />
      )}
      <div className="actions">
        <Button type="submit" variant="default" disabled={edit === undefined}>
          {t('change.add')}
        </Button>
      </div>
    </form>
  );
}

function blank(): Fields {
  const soon = new Date(nodeNow()).toISOString().slice(0, 10);
  return { rule: '', exception: '', region: '', country: '', number: '', value: '', day: soon };
}

function editOf(kind: Edit['kind'], fields: Fields, pack: JsonObject): Edit | undefined {
  const { rule, exception, region, country, day } = fields;
  if (kind === 'drops') return rule !== '' && exception !== '' ? { kind, rule, exception } : undefined;
  if (kind === 'number') {
    const number = numbersIn(pack).find(({ path }) => path.join('.') === fields.number);
    const value = Number(fields.value);
    return number !== undefined && fields.value.trim() !== '' && value >= 0 ? { kind, path: number.path, value } : undefined;
  }
  if (!isDay(day)) return undefined;
  if (kind === 'joins' || kind === 'leaves') return region !== '' && country !== '' ? { kind, region, country, day } : undefined;
  return rule !== '' ? { kind, rule, day } : undefined;
}

interface PartProps {
  readonly kind: Edit['kind'];
  readonly pack: JsonObject;
  readonly fields: Fields;
  readonly put: (next: Partial<Fields>) => void;
}

function RuleFields({ kind, pack, fields, put }: PartProps) {
  const { t } = useWords();
  const rules = (Array.isArray(pack['rules']) ? pack['rules'] : []).filter(isJsonObject);
  const options = rules.map(({ id, says }) => ({ value: String(id), label: `${String(id)}: ${shortened(String(says))}` }));
  const exceptions = exceptionsOf(pack, fields.rule);
  return (
    <>
      <NativeSelect
        label={t('change.rule')}
        value={fields.rule}
        onChange={(event) => put({ rule: event.currentTarget.value, exception: '' })}
        data={[{ value: '', label: t('choose') }, ...options]}
      />
      {kind === 'drops' && fields.rule !== '' && (
        <NativeSelect
          label={t('change.exception')}
          value={fields.exception}
          onChange={(event) => put({ exception: event.currentTarget.value })}
          data={[{ value: '', label: exceptions.length === 0 ? t('change.exception.none') : t('choose') }, ...exceptions]}
        />
      )}
    </>
  );
}

function RegionFields({ kind, pack, fields, put }: PartProps) {
  const { t } = useWords();
  const members = membersOf(pack, fields.region, fields.day);
  return (
    <>
      <NativeSelect
        label={t('change.region')}
        value={fields.region}
        onChange={(event) => put({ region: event.currentTarget.value, country: '' })}
        data={[{ value: '', label: t('choose') }, ...regionsOf(pack)]}
      />
      {fields.region !== '' && (
        <CountryField
          value={fields.country}
          onChange={(country) => put({ country })}
          allow={(code) => members.includes(code) === (kind === 'leaves')}
        />
      )}
    </>
  );
}

function NumberFields({ pack, fields, put }: PartProps) {
  const { t } = useWords();
  const say = useFactWords();
  const options = numbersIn(pack).map(({ path, where, fact, compare, value }) => ({
    value: path.join('.'),
    label: `${where}: ${say.name(fact)}, ${compare} ${value}`,
  }));
  return (
    <>
      <NativeSelect
        label={t('change.number')}
        value={fields.number}
        onChange={(event) => put({ number: event.currentTarget.value })}
        data={[{ value: '', label: options.length === 0 ? t('change.number.none') : t('choose') }, ...options]}
      />
      <TextInput
        inputMode="decimal"
        label={t('change.value')}
        value={fields.value}
        onChange={(event) => put({ value: event.currentTarget.value })}
        dir="ltr"
      />
    </>
  );
}

const LONG = 70;

function shortened(text: string): string {
  return text.length > LONG ? `${text.slice(0, LONG).trimEnd()}…` : text;
}
