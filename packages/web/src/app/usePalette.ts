import { useEffect, useState } from 'react';

/** Whether the command palette shows; ⌘K or Ctrl K shows it. */
export function usePalette(available: boolean) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!available || event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setShown((before) => !before);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [available]);
  const apple = /mac|iphone|ipad/i.test(navigator.userAgent);
  return { shown, show: () => setShown(true), hide: () => setShown(false), shortcut: apple ? '⌘K' : 'Ctrl K' };
}
