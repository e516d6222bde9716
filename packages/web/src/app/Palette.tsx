import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { desk, deskOf } from '../api/queries.ts';
import { oversees } from '../things/oversees.ts';
import { preparesData } from '../things/preparesData.ts';
import { shortId } from '../things/shortId.ts';
import { useOwn } from '../things/useOwn.ts';
import { useWords } from '../words/useWords.ts';
import './palette.css';

interface Entry {
  readonly key: string;
  readonly label: string;
  readonly go: () => Promise<void>;
}

/** Where a person can go and what they can do, by typing a few letters. */
export default function Palette({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  useEffect(() => dialog.current?.showModal(), []);
  const found = useEntries(typed.trim().toLowerCase())
    .filter((entry) => entry.label.toLowerCase().includes(typed.trim().toLowerCase()))
    .slice(0, 12);
  const take = async (entry: Entry | undefined): Promise<void> => {
    onClose();
    await entry?.go();
  };
  const press = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0;
    if (step !== 0) setAt(Math.max(0, Math.min(found.length - 1, at + step)));
    if (event.key === 'Enter') void take(found[at]);
    if (step !== 0 || event.key === 'Enter') event.preventDefault();
  };
  return (
    <dialog ref={dialog} className="palette" aria-label={t('nav.find')} onClose={onClose}>
      <input
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={found[at] === undefined ? undefined : `${list}-${at}`}
        aria-label={t('palette.label')}
        placeholder={t('palette.label')}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div id={list} role="listbox" className="found" aria-label={t('nav.find')}>
        {found.map((entry, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above takes the keys for its options (ARIA combobox pattern)
          <div
            key={entry.key}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onClick={() => void take(entry)}
          >
            {entry.label}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="quiet">{t('palette.none')}</p>}
    </dialog>
  );
}

function useEntries(typed: string): readonly Entry[] {
  const { t, term } = useWords();
  const navigate = useNavigate();
  const { data } = useQuery(desk);
  // Of a long desk only the beginning is here: the end of a number is looked for at the node.
  const sought = useQuery({ ...deskOf({ page: 0, find: typed }), enabled: /^[0-9a-f-]{4,36}$/.test(typed) });
  const rows = [...(data?.rows ?? []), ...(sought.data?.rows ?? [])];
  const each = [...new Map(rows.map((row) => [row.id, row])).values()];
  const { person } = useOwn();
  const goTo = (id: string, move?: string) =>
    navigate({ to: '/cases/$id', params: { id }, search: move === undefined ? {} : { move } });
  const fresh = (data?.opens ?? []).map(({ procedure, act }) => ({
    key: `new ${procedure}`,
    label: t('palette.new', { what: term(`act.${act}`), procedure: term(`procedure.${procedure}`) }),
    go: () => navigate({ to: '/new/$procedure', params: { procedure } }),
  }));
  const cases = each.flatMap((row) => {
    const name = t('palette.case', { procedure: term(`procedure.${row.procedure}`), id: shortId(row.id) });
    const acts = row.ours ? (row.duties[0]?.acts ?? []) : [];
    return [
      { key: row.id, label: name, go: () => goTo(row.id) },
      ...acts.map((act) => ({
        key: `${row.id} ${act}`,
        label: t('palette.act', { act: term(`act.${act}`), id: shortId(row.id) }),
        go: () => goTo(row.id, act),
      })),
    ];
  });
  const pages = [
    { key: 'desk', label: t('nav.desk'), go: () => navigate({ to: '/' }) },
    { key: 'board', label: t('nav.board'), go: () => navigate({ to: '/board' }) },
    { key: 'emergency', label: t('nav.emergency'), go: () => navigate({ to: '/emergency' }) },
    { key: 'ask', label: t('ask.title'), go: () => navigate({ to: '/ask' }) },
    { key: 'map', label: t('map.title'), go: () => navigate({ to: '/ask/map' }) },
    { key: 'law', label: t('law.title'), go: () => navigate({ to: '/law' }) },
    { key: 'change', label: t('change.title'), go: () => navigate({ to: '/law/change' }) },
    { key: 'figures', label: t('nav.figures'), go: () => navigate({ to: '/figures' }) },
    { key: 'verify', label: t('nav.verify'), go: () => navigate({ to: '/verify' }) },
    ...(preparesData(person) ? [{ key: 'prepare', label: t('nav.prepare'), go: () => navigate({ to: '/prepare' }) }] : []),
    ...(oversees(person) ? [{ key: 'oversight', label: t('nav.oversight'), go: () => navigate({ to: '/oversight' }) }] : []),
  ];
  return [...fresh, ...cases, ...pages];
}
