import { useEffect, useRef } from 'react';

const KEPT = 'comity.shortcuts';

/** Whether keys of one letter do something on this computer. */
export function shortcutsOn(): boolean {
  return localStorage.getItem(KEPT) !== 'off';
}

/** Switches keys of one letter on or off, from now on (WCAG 2.1.4: whoever speaks to the computer must be able to switch them off). */
export function switchShortcuts(on: boolean): void {
  if (on) localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, 'off');
}

/** What a key, in small letters, does; true: it was taken, and nothing else shall happen. */
export type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => boolean>>;

const TYPING = 'input, textarea, select, [contenteditable], dialog';
/** Works even where the letters are switched off: the help is where they are switched on again. */
const ALWAYS = ['?', 'arrowdown', 'arrowup'];

/** Listens to keys for as long as a page is shown: never while somebody types, never together with Ctrl, Alt or Meta. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest(TYPING) !== null) return;
      const key = event.key.toLowerCase();
      if (!ALWAYS.includes(key) && !shortcutsOn()) return;
      if (latest.current[key]?.(event) === true) event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

/** Gives the focus to the next of what fits a selector, or the one before; the first, where none has it. `within`: only from one of them on. */
export function stepFocus(selector: string, by: 1 | -1, within = false): boolean {
  const all = [...document.querySelectorAll<HTMLElement>(selector)];
  const at = all.findIndex((one) => one.contains(document.activeElement));
  if (within && at < 0) return false;
  all[at < 0 ? 0 : Math.max(0, Math.min(all.length - 1, at + by))]?.focus();
  return all.length > 0;
}
