import type { Finding } from '@comity/verify';
import { useQuery } from '@tanstack/react-query';
import { loadFindings } from '../../words/findings.ts';
import { readLanguage } from '../../words/language.ts';
import { useWords } from '../../words/useWords.ts';
import { valuesInWords } from './valuesInWords.ts';

/** The sentences of findings are the verifier's own; they are fetched only where findings are shown. */
export function useFindingWords(): (finding: Finding) => string {
  const { language, term, has } = useWords();
  useQuery({
    queryKey: ['findings', language],
    queryFn: async () => {
      await loadFindings(readLanguage(language) ?? 'en');
      return language;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  return ({ code, values }) =>
    term(
      `finding.${code}`,
      valuesInWords(values, (key, given) => (has(key) ? term(key, given) : undefined)),
    );
}
