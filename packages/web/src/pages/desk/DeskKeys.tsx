import { lazy, Suspense, useState } from 'react';
import { type Shortcuts, useShortcuts } from '../../keys/useShortcuts.ts';
import { addWords } from '../../words/catalogue.ts';
import { useWords } from '../../words/useWords.ts';
import { rowAt, rowsFocused, showRow } from './rows.ts';

const KeysHelp = lazy(async () => {
  const [module] = await Promise.all([import('../../keys/KeysHelp.tsx'), addWords('coop')]);
  return module;
});

/** The queue by keys: j and k or arrows from line to line, Enter opens, a does what is next, ? says all this. */
export function DeskKeys() {
  const { t } = useWords();
  const [help, setHelp] = useState(false);
  useShortcuts({ ...moves(), '?': () => open(setHelp) });
  return (
    <p className="small quiet no-print">
      <button type="button" className="plain linked" onClick={() => setHelp(true)}>
        {t('keys.open')} <kbd>?</kbd>
      </button>
      {help && (
        <Suspense>
          <KeysHelp lines={LINES} onClose={() => setHelp(false)} />
        </Suspense>
      )}
    </p>
  );
}

const LINES = [
  [['j', '↓'], 'keys.down'],
  [['k', '↑'], 'keys.up'],
  [['Enter'], 'keys.enter'],
  [['a'], 'keys.next'],
  [['?'], 'keys.help'],
] as const;

function open(setHelp: (shown: boolean) => void): boolean {
  setHelp(true);
  return true;
}

function moves(): Shortcuts {
  return {
    j: () => step(1),
    k: () => step(-1),
    // Arrows scroll the page until a line of the queue has the focus.
    arrowdown: () => rowsFocused() !== undefined && step(1),
    arrowup: () => rowsFocused() !== undefined && step(-1),
    a: () => {
      const next = document.activeElement?.closest('li')?.querySelector<HTMLAnchorElement>('.button');
      next?.click();
      return next !== null && next !== undefined;
    },
  };
}

function step(by: number): boolean {
  const at = rowsFocused();
  const target = at === undefined ? 0 : at + by;
  if (target < 0) return true;
  const row = rowAt(target);
  if (row === undefined) showRow(target);
  else row.focus();
  return true;
}
