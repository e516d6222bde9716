import type { IdentifierType } from '@comity/core';
import type { PartyView } from '@comity/node/api';
import { Button } from '@mantine/core';
import { useWords } from '../../words/useWords.ts';
import { OrderItemFields } from './OrderItemFields.tsx';
import { CATEGORIES, emptyItem, type Faults, type OrderItem, TYPES } from './order.ts';

interface Props {
  readonly items: readonly OrderItem[];
  readonly party: Pick<PartyView, 'zone' | 'country'>;
  readonly faults: Faults;
  readonly onChange: (items: readonly OrderItem[]) => void;
  readonly types?: readonly IdentifierType[];
  readonly categories?: readonly (typeof CATEGORIES)[number][];
}

/** What is asked: items, each an identifier, a kind of data, a time. */
export function OrderItems({ items, party, faults, onChange, types = TYPES, categories = CATEGORIES }: Props) {
  const { t } = useWords();
  const add = (like?: OrderItem): void => onChange([...items, emptyItem(freshId(items), party.zone, like)]);
  return (
    <fieldset className="section">
      <legend>{t('order.what')}</legend>
      {items.map((item, index) => (
        <OrderItemFields
          key={item.id}
          item={item}
          path={`data.items.${index}`}
          number={index + 1}
          faults={faults}
          country={party.country}
          types={types}
          categories={categories}
          onChange={(next) => onChange(items.map((one) => (one.id === item.id ? next : one)))}
          {...(items.length > 1 ? { onRemove: () => onChange(items.filter((one) => one.id !== item.id)) } : {})}
          onRepeat={() => add(item)}
        />
      ))}
      <Button variant="default" onClick={() => add()}>
        {t('order.add')}
      </Button>
    </fieldset>
  );
}

function freshId(items: readonly OrderItem[]): string {
  const used = items.map((item) => Number(item.id.slice(1)));
  return `i${Math.max(0, ...used) + 1}`;
}
