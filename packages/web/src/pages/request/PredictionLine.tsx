import type { Prediction } from '@comity/assess';
import { Button } from '@mantine/core';
import { Basis } from '../../things/Basis.tsx';
import { GateSays } from '../../things/GateSays.tsx';
import '../../things/confirmed.css';
import { useWords, type WordValues } from '../../words/useWords.ts';

interface Props {
  readonly one: Prediction;
  readonly fieldOf: (name: string) => string | undefined;
  readonly onSmaller?: () => void;
}

/** One reason: what it says, where that stands, on which ground it would be answered, the field to fix, and the smaller request. */
export function PredictionLine({ one, fieldOf, onSmaller }: Props) {
  const { t, term, has } = useWords();
  const [first] = one.fields;
  const field = one.fields.map(fieldOf).find((found) => found !== undefined);
  const name = one.fields.find((candidate) => fieldOf(candidate) !== undefined) ?? first;
  return (
    <>
      <p>
        {has(one.rule) ? term(one.rule, valuesOf(one, term)) : <GateSays rule={one.rule} says={one.says} />}{' '}
        <Basis cite={{ ref: one.cite, url: one.url }} />
        {one.confirmed !== 'official' && (
          <>
            {' '}
            <span className={`confirmed small ${one.confirmed}`}>{t(`refusal.confirmed.${one.confirmed}`)}</span>
          </>
        )}
      </p>
      {one.ground !== undefined && (
        <p className="small quiet">
          {t('refusal.ground', { ground: term(`ground.${one.ground}`) })}
          {one.by !== 'gate' && `, ${t(`refusal.by.${one.by}`)}`}
        </p>
      )}
      <div className="row">
        {name !== undefined && field !== undefined && <FieldLink name={name} field={field} go />}
        {one.smaller !== undefined && onSmaller !== undefined && (
          <Button size="compact-sm" variant="default" onClick={onSmaller}>
            {term(`smaller.${one.smaller.kind}`, { days: one.values?.['days'] ?? 0 })}
          </Button>
        )}
      </div>
    </>
  );
}

function valuesOf({ values = {} }: Prediction, term: (key: string) => string): WordValues {
  const { category, identifierType } = values;
  return {
    ...values,
    ...(category === undefined ? {} : { category: term(`category.${category}`) }),
    ...(identifierType === undefined ? {} : { identifierType: term(`identifier.${identifierType}`) }),
  };
}

/** A field of the form by its name, as a link that puts the cursor there. */
export function FieldLink({
  name,
  field,
  go,
}: {
  readonly name: string;
  readonly field: string | undefined;
  readonly go?: boolean;
}) {
  const { t } = useWords();
  const label = useFieldName();
  if (field === undefined) return <>{label(name)}</>;
  return (
    <a
      href={`#${field}`}
      onClick={(event) => {
        event.preventDefault();
        document.getElementById(field)?.focus();
      }}
    >
      {go === true ? t('refusal.fix', { field: label(name) }) : label(name)}
    </a>
  );
}

const ITEM_WORDS: Readonly<Record<string, string>> = { period: 'item.from', identifierType: 'item.type' };

/** What people call a fact, or a member of an item. */
export function useFieldName(): (name: string) => string {
  const { term } = useWords();
  return (name) => {
    const item = /^items\.i(\d+)\.(.+)$/.exec(name);
    if (item === null) return term(`gatefact.${name}`);
    const member = item[2] ?? '';
    return term('member.item.field', { number: Number(item[1]), field: term(ITEM_WORDS[member] ?? `item.${member}`) });
  };
}
