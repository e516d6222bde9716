import { type JsonObject, toHex, utf8 } from '@comity/core';
import type { CaseView } from '@comity/node/api';
import { Button, Textarea } from '@mantine/core';
import { sha256 } from '@noble/hashes/sha2.js';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type NewAct, useAct } from '../../api/queries.ts';
import { Problem } from '../../things/Problem.tsx';
import { useWords } from '../../words/useWords.ts';
import type { Evidence, RowAt } from './evidence.ts';

/** Rows that were chosen for a finding, and a picture. */
export interface Picked {
  readonly rows: readonly RowAt[];
  readonly picture?: string;
}

interface Props {
  readonly view: CaseView;
  readonly tables: readonly Evidence[];
  readonly picked: Picked;
  readonly onKept: () => void;
}

/** What a person keeps of what they saw: which rows of which item, by the digest that the sender signed, the act by which it was opened, and what it means in their own words. */
export function FindingForm({ view, tables, picked, onKept }: Props) {
  const { t, term } = useWords();
  const [text, setText] = useState('');
  const act = useAct(view.id);
  const keeping = useMutation({
    mutationFn: async () => {
      for (const finding of findingsOf({ view, tables, picked, onKept }, text.trim())) await act.mutateAsync(finding);
      setText('');
      onKept();
    },
  });
  const may = view.moves.some(({ type, refusal }) => type === 'note-finding' && refusal === undefined);
  if (!may) return null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    keeping.mutate();
  };
  return (
    <form className="stack reading section no-print" onSubmit={submit} aria-label={term('act.note-finding')}>
      <h2>{term('act.note-finding')}</h2>
      <p>
        {t('look.finding.picked', { n: picked.rows.length })} {picked.picture !== undefined && t('look.finding.picture')}
      </p>
      <Problem error={keeping.error} kept />
      <Textarea
        label={t('look.finding.text')}
        description={t('look.finding.help')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        rows={3}
        dir="auto"
        required
      />
      <Button type="submit" loading={keeping.isPending} disabled={picked.rows.length === 0 || text.trim() === ''}>
        {t('look.finding.keep')}
      </Button>
      <p role="status">{keeping.isSuccess && picked.rows.length === 0 && t('look.finding.kept')}</p>
    </form>
  );
}

/** One act for each item whose rows were chosen. */
function findingsOf({ view, tables, picked }: Props, text: string): readonly NewAct[] {
  const items = [...new Set(picked.rows.flatMap(({ table }) => tables[table]?.item ?? []))];
  return items.flatMap((item) => {
    const rows = picked.rows.filter(({ table }) => tables[table]?.item === item);
    const digest = tables.find((table) => table.item === item)?.digest;
    if (digest === undefined) return [];
    const opened = view.acts.findLast(({ type, data }) => type === 'open' && JSON.stringify(data).includes(digest));
    const places = [...Map.groupBy(rows, ({ table }) => tables[table]?.file ?? '')].map(
      ([file, list]) => `${file}: ${list.map(({ row }) => row + 1).join(', ')}`,
    );
    const finding: JsonObject = {
      text,
      rows: places.join('; '),
      ...(opened === undefined ? {} : { openedBy: opened.digest }),
      ...(picked.picture === undefined ? {} : { picture: picked.picture }),
    };
    const picture = picked.picture === undefined ? {} : { picture: toHex(sha256(utf8(picked.picture))) };
    return [{ type: 'note-finding', data: { item, plaintext: digest, ...picture }, sections: { finding } }];
  });
}
