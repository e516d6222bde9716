import { type IdentifierType, readIdentifier } from '@comity/core';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { MomentField } from '../../things/MomentField.tsx';
import { useWords } from '../../words/useWords.ts';
import { IdentifierEcho } from './IdentifierEcho.tsx';
import { type CATEGORIES, type Faults, identifierIn, needsPeriod, type OrderItem } from './order.ts';

interface Props {
  readonly item: OrderItem;
  readonly path: string;
  readonly number: number;
  readonly faults: Faults;
  /** Where the person sits who keys it: a national number is answered with its prefix. */
  readonly country: string;
  readonly types: readonly IdentifierType[];
  readonly categories: readonly (typeof CATEGORIES)[number][];
  readonly onChange: (item: OrderItem) => void;
  readonly onRepeat: () => void;
  readonly onRemove?: () => void;
}

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone')];

/** One item: an identifier, keyed once; the data that are asked about it; for when. */
export function OrderItemFields({ item, path, number, faults, onChange, onRepeat, onRemove, ...of }: Props) {
  const { t, term } = useWords();
  const fault = (name: string): string | undefined => {
    const code = faults[`${path}.${name}`];
    if (code === undefined) return undefined;
    const read = name === 'value' ? readIdentifier(identifierIn(item), { country: of.country }) : undefined;
    const values = read?.ok === false ? read.refusal.values : undefined;
    return `${term(`error.${code}`, values)} ${term(`error.${code}.next`, values)}`;
  };
  const change = (part: Partial<OrderItem>): void => onChange({ ...item, ...part });
  return (
    <fieldset className="order-item">
      <legend>{term('member.item', { number })}</legend>
      <div className="fields">
        <NativeSelect
          id={`${path}.type`}
          label={t('item.type')}
          value={item.type}
          onChange={(event) => change({ type: of.types.find((type) => type === event.currentTarget.value) ?? 'email' })}
          data={of.types.map((type) => ({ value: type, label: term(`identifier.${type}`) }))}
        />
        <TextInput
          id={`${path}.value`}
          label={t('item.value')}
          value={item.value}
          onChange={(event) => change({ value: event.currentTarget.value })}
          error={fault('value')}
          classNames={{ input: 'mono' }}
          dir="ltr"
          autoComplete="off"
          spellCheck={false}
          required
        />
        <NativeSelect
          id={`${path}.category`}
          label={t('item.category')}
          value={item.category}
          onChange={(event) =>
            change({ category: of.categories.find((category) => category === event.currentTarget.value) ?? '' })
          }
          data={[
            { value: '', label: t('choose') },
            ...of.categories.map((category) => ({ value: category, label: term(`category.${category}`) })),
          ]}
          error={fault('category')}
          required
        />
      </div>
      <IdentifierEcho item={item} />
      {item.category !== '' && <p className="small quiet">{term(`category.${item.category}.is`)}</p>}
      {needsPeriod(item) && <Period item={item} path={path} fault={fault} change={change} />}
      <div className="row">
        <Button variant="subtle" size="compact-sm" onClick={onRepeat} disabled={item.value.trim() === ''}>
          {t('item.repeat')}
        </Button>
        {onRemove !== undefined && (
          <Button variant="subtle" size="compact-sm" onClick={onRemove}>
            {t('item.remove', { number })}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

interface PeriodProps {
  readonly item: OrderItem;
  readonly path: string;
  readonly fault: (name: string) => string | undefined;
  readonly change: (part: Partial<OrderItem>) => void;
}

function Period({ item, path, fault, change }: PeriodProps) {
  const { t } = useWords();
  return (
    <div className="fields">
      <NativeSelect
        id={`${path}.zone`}
        label={t('item.zone')}
        value={item.zone}
        onChange={(event) => change({ zone: event.currentTarget.value })}
        data={ZONES}
        dir="ltr"
      />
      <MomentField
        id={`${path}.period.from`}
        label={t('item.from')}
        value={item.from}
        zone={item.zone}
        onChange={(from) => change({ from })}
        error={fault('period.from')}
      />
      <MomentField
        id={`${path}.period.until`}
        label={t('item.until')}
        value={item.until}
        zone={item.zone}
        onChange={(until) => change({ until })}
        error={fault('period.until')}
      />
    </div>
  );
}
