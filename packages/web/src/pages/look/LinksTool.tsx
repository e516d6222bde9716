import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Scroll } from '../../things/Scroll.tsx';
import { useWords } from '../../words/useWords.ts';
import { LinkPicture } from './LinkPicture.tsx';
import { type LinkGraph, links } from './links.ts';
import { RowList } from './RowList.tsx';
import { type Bench, itemsOf } from './tools.ts';

const MOST = 40;
const LISTED = 100;

/** Which identifiers and accounts stand together: as a picture that the keyboard reaches, and the same as a table. */
export function LinksTool({ tables, ask, busy, ready, picked, onPick }: Bench) {
  const { t } = useWords();
  const [around, setAround] = useState('');
  const [found, setFound] = useState<LinkGraph>();
  const [chosen, setChosen] = useState<string>();
  const look = async (value: string): Promise<void> => {
    await ask('links', itemsOf(tables));
    setFound(links(tables, { most: MOST, ...(value.trim() === '' ? {} : { around: value.trim() }) }));
    setChosen(undefined);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void look(around).catch(() => undefined);
  };
  const edges = found?.edges.filter(({ a, b }) => chosen === undefined || a === chosen || b === chosen) ?? [];
  return (
    <section aria-label={t('look.tool.links')}>
      <form className="row tool-form no-print" onSubmit={submit}>
        <TextInput
          label={t('look.links.around')}
          description={t('look.links.around.help')}
          value={around}
          onChange={(event) => setAround(event.currentTarget.value)}
          dir="ltr"
          autoComplete="off"
        />
        <Button type="submit" loading={busy} disabled={!ready}>
          {t('look.links.go')}
        </Button>
      </form>
      {found !== undefined && (
        <>
          <p role="status">{t('look.links.found', { nodes: found.nodes.length, edges: found.edges.length, left: found.left })}</p>
          <LinkPicture
            graph={found}
            chosen={chosen}
            onChoose={setChosen}
            onKeep={(picture) => onPick({ rows: edges.flatMap(({ rows }) => rows).slice(0, LISTED), picture })}
          />
          <EdgeTable edges={edges.slice(0, LISTED)} />
          {chosen !== undefined && (
            <RowList tables={tables} rows={edges.flatMap(({ rows }) => rows)} picked={picked} onPick={onPick} />
          )}
        </>
      )}
    </section>
  );
}

function EdgeTable({ edges }: { readonly edges: LinkGraph['edges'] }) {
  const { t } = useWords();
  return (
    <Scroll label={t('look.links.table')}>
      <table>
        <caption>{t('look.links.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('look.links.one')}</th>
            <th scope="col">{t('look.links.other')}</th>
            <th scope="col">{t('look.links.rows')}</th>
          </tr>
        </thead>
        <tbody>
          {edges.map(({ a, b, rows }) => (
            <tr key={`${a} ${b}`}>
              <td>
                <bdi className="mono">{a}</bdi>
              </td>
              <td>
                <bdi className="mono">{b}</bdi>
              </td>
              <td>{rows.length}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
