import { useWords } from '../../words/useWords.ts';

/** What shows the rest of a long list; nothing where there is no rest. */
export function More({ hidden, show }: { readonly hidden: number; readonly show: () => void }) {
  const { t } = useWords();
  if (hidden === 0) return null;
  return (
    <button type="button" className="plain linked no-print" onClick={show}>
      {t('oversight.more', { n: hidden })}
    </button>
  );
}
