import { useWords } from '../words/useWords.ts';

/** A digest: its first sixteen digits in groups of four, whole on request and when copied. */
export function Digest({ value }: { readonly value: string }) {
  const { t } = useWords();
  const groups = value.slice(0, 16).match(/.{1,4}/g) ?? [];
  const copy = (): void => void navigator.clipboard.writeText(value);
  return (
    <span className="digest" dir="ltr">
      <code title={value}>{groups.join(' ')}…</code>{' '}
      <button type="button" className="plain linked small no-print" onClick={copy} aria-label={t('digest.copy')}>
        {t('digest.copy-short')}
      </button>
    </span>
  );
}
