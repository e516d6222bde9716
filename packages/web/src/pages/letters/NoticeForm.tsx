import { NOTICE_LANGUAGES } from '@comity/formats/letters/document';
import type { CaseView } from '@comity/node/api';
import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { DraftNote } from '../../drafts/DraftNote.tsx';
import type { Draft } from '../../drafts/useDraft.ts';
import { useItemPhrase } from '../../things/ItemName.tsx';
import { useWords, type WordKey } from '../../words/useWords.ts';
import { type NoticeDraft, namedItems, noticeFaults } from './noticeDraft.ts';

interface Props {
  readonly view: CaseView;
  readonly draft: Draft<NoticeDraft>;
  readonly busy: boolean;
  readonly onEdit: () => void;
  readonly onPreview: () => void;
}

/** What the case does not say of the letter: for whom, in which language, about which items, and what the person can do. */
export function NoticeForm({ view, draft, busy, onEdit, onPreview }: Props) {
  const { t, term } = useWords();
  const [tried, setTried] = useState(false);
  const { value } = draft;
  const faults = noticeFaults(value);
  const change = (part: Partial<NoticeDraft>): void => {
    onEdit();
    draft.set({ ...value, ...part });
  };
  const error = (name: string): string | undefined =>
    tried && faults[`notice.${name}`] !== undefined ? term(`error.${faults[`notice.${name}`]}`) : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    const [first] = Object.keys(faults);
    if (first === undefined) onPreview();
    else document.getElementById(first)?.focus();
  };
  const field = (name: keyof Omit<NoticeDraft, 'items'>, label: WordKey, help?: WordKey) => ({
    id: `notice.${name}`,
    label: t(label),
    ...(help === undefined ? {} : { description: t(help) }),
    value: value[name],
    error: error(name),
    maxLength: 4000,
    dir: 'auto' as const,
    autoComplete: 'off',
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => change({ [name]: event.currentTarget.value }),
  });
  return (
    <form className="reading fields-stack no-print" noValidate onSubmit={submit}>
      <DraftNote draft={draft} />
      <LanguageField value={value.language} error={error('language')} onChange={(language) => change({ language })} />
      <TextInput {...field('name', 'notice.name')} required />
      <Textarea {...field('address', 'notice.address')} rows={3} />
      <Items view={view} chosen={value.items} error={error('items')} onChange={(items) => change({ items })} />
      <TextInput {...field('court', 'notice.court')} required />
      <TextInput {...field('limit', 'notice.limit')} required />
      <TextInput {...field('how', 'notice.how')} required />
      <TextInput {...field('contact', 'notice.contact')} required />
      <Textarea {...field('delay', 'notice.late', 'notice.late.help')} rows={2} />
      <Button type="submit" loading={busy}>
        {t('notice.preview')}
      </Button>
    </form>
  );
}

function LanguageField(props: {
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
}) {
  const { t, locale } = useWords();
  const here = new Intl.DisplayNames(locale, { type: 'language' });
  const name = (language: string): string => {
    const own = new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;
    return `${own} (${here.of(language)})`;
  };
  return (
    <NativeSelect
      id="notice.language"
      label={t('notice.language')}
      description={t('notice.language.help')}
      value={props.value}
      error={props.error}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      data={[{ value: '', label: t('choose') }, ...NOTICE_LANGUAGES.map((value) => ({ value, label: name(value) }))]}
      required
    />
  );
}

interface ItemsProps {
  readonly view: CaseView;
  readonly chosen: readonly string[];
  readonly error: string | undefined;
  readonly onChange: (items: readonly string[]) => void;
}

function Items({ view, chosen, error, onChange }: ItemsProps) {
  const { t } = useWords();
  const phrase = useItemPhrase();
  const known = namedItems(view);
  return (
    <Checkbox.Group
      label={t('notice.items')}
      description={known.length === 0 ? t('notice.items.none') : t('notice.items.help')}
      value={[...chosen]}
      onChange={onChange}
      error={error}
    >
      {known.map((one, index) => (
        <Checkbox
          key={one.item.id}
          {...(index === 0 ? { id: 'notice.items' } : {})}
          value={one.item.id}
          label={`${view.items.indexOf(one) + 1}. ${phrase(one)}`}
          mt="xs"
        />
      ))}
    </Checkbox.Group>
  );
}
