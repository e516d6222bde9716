import { KeysButton } from '../../keys/KeysButton.tsx';
import { type Shortcuts, useShortcuts } from '../../keys/useShortcuts.ts';
import { rowAt, rowsFocused, showRow } from './rows.ts';

/** The queue by keys: j and k or arrows from line to line, Enter opens, a does what is next, ? says all this. */
export function DeskKeys() {
  useShortcuts(MOVES);
  return <KeysButton lines={LINES} />;
}

const LINES = [
  [['j', '↓'], 'keys.down'],
  [['k', '↑'], 'keys.up'],
  [['Enter'], 'keys.enter'],
  [['a'], 'keys.next'],
  [['?'], 'keys.help'],
] as const;

const MOVES: Shortcuts = {
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

function step(by: number): boolean {
  const at = rowsFocused();
  const target = at === undefined ? 0 : at + by;
  if (target < 0) return true;
  const row = rowAt(target);
  if (row === undefined) showRow(target);
  else row.focus();
  return true;
}
