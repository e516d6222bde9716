import { Button, NativeSelect, TextInput } from '@mantine/core';
import { MomentField } from '../../things/MomentField.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import type { ItemDraft, Opening } from './genericDraft.ts';

interface Props {
  readonly opening: Opening;
  readonly item: ItemDraft;
  readonly faults: Readonly<Record<string, string>>;
  /** Without an item it is taken away. */
  readonly onChange: (item: ItemDraft | undefined) => void;
}

/** One item: an identifier, a kind of data, and a period where the data have one. */
export function ItemFields({ opening, item, faults, onChange }: Props) {
  const { t, term } = useWords();
  const { zone } = useOwn();
  const number = Number(item.id.slice(1));
  const change = (part: Partial<ItemDraft>): void => onChange({ ...item, ...part });
  const field = (name: keyof ItemDraft) => {
    const code = faults[`item.${item.id}.${name}`];
    return { id: `item.${item.id}.${name}`, value: item[name], error: code === undefined ? undefined : term(`error.${code}`) };
  };
  const options = (names: readonly string[], family: string) => [
    { value: '', label: t('choose') },
    ...names.map((name) => ({ value: name, label: term(`${family}.${name}`) })),
  ];
  return (
    <fieldset className="decide">
      <legend>{t('member.item', { number })}</legend>
      <NativeSelect
        {...field('type')}
        label={t('item.type')}
        data={options(opening.identifierTypes, 'identifier')}
        onChange={(event) => change({ type: event.currentTarget.value })}
        required
      />
      <TextInput
        {...field('value')}
        label={t('item.value')}
        dir="ltr"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => change({ value: event.currentTarget.value })}
        required
      />
      <NativeSelect
        {...field('category')}
        label={t('item.category')}
        data={options(opening.categories, 'category')}
        onChange={(event) => change({ category: event.currentTarget.value })}
        required
      />
      {item.category !== '' && item.category !== 'subscriber' && (
        <>
          <MomentField {...field('from')} label={t('item.from')} zone={zone} onChange={(from) => change({ from })} />
          <MomentField {...field('until')} label={t('item.until')} zone={zone} onChange={(until) => change({ until })} />
        </>
      )}
      <Button variant="subtle" size="compact-sm" onClick={() => onChange(undefined)}>
        {t('item.remove', { number })}
      </Button>
    </fieldset>
  );
}
