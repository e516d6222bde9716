import type { Named } from '@comity/node/api';
import { useWords } from '../../words/useWords.ts';

/** What a bar or a group is called. */
export function useBarName(): (named: Named) => string {
  const { t } = useWords();
  return (named) => {
    if ('only' in named) return t(`report.bar.${named.only}`);
    return 'value' in named ? named.value : t('report.bar.span', { from: named.from, until: named.until });
  };
}
