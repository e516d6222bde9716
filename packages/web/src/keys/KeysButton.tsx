import { lazy, Suspense, useState } from 'react';
import { addWords } from '../words/catalogue.ts';
import { useWords } from '../words/useWords.ts';
import type { KeyLine } from './KeysHelp.tsx';
import { useShortcuts } from './useShortcuts.ts';

const KeysHelp = lazy(async () => {
  const [module] = await Promise.all([import('./KeysHelp.tsx'), addWords('coop')]);
  return module;
});

/** Says which keys a page knows, to whoever presses `?` or this button. */
export function KeysButton({ lines }: { readonly lines: readonly KeyLine[] }) {
  const { t } = useWords();
  const [help, setHelp] = useState(false);
  const show = (): boolean => {
    setHelp(true);
    return true;
  };
  useShortcuts({ '?': show });
  return (
    <p className="small quiet no-print">
      <button type="button" className="plain linked" onClick={show}>
        {t('keys.open')} <kbd>?</kbd>
      </button>
      {help && (
        <Suspense>
          <KeysHelp lines={lines} onClose={() => setHelp(false)} />
        </Suspense>
      )}
    </p>
  );
}
