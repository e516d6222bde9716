import type { Finding } from '@comity/verify';
import { useQuery } from '@tanstack/react-query';
import { i18n, loadFindings, readLanguage } from '../../words/catalogue.ts';
import { useWords } from '../../words/useWords.ts';

/** The sentences of findings are the verifier's own; they are fetched only where findings are shown. */
export function useFindingWords(): (finding: Finding) => string {
  const { language, term } = useWords();
  const { data } = useQuery({
    queryKey: ['findings', language],
    queryFn: async () => {
      await loadFindings(readLanguage(language) ?? 'en');
      return language;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (finding) => (data === language ? i18n._(`finding.${finding.code}`, { ...finding.values }) : term(finding.code));
}
