import { useWords } from '../words/useWords.ts';

/** What is awaited, in words; long enough to hold the place of what comes. */
export function Loading({ what }: { readonly what?: string }) {
  const { t } = useWords();
  return (
    <p className="quiet loading" role="status" style={{ minBlockSize: '40vh' }}>
      {what ?? t('loading.node')}
    </p>
  );
}
