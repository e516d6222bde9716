import { useQuery } from '@tanstack/react-query';
import { loadContainerWords } from '../../words/catalogue.ts';
import { readLanguage } from '../../words/language.ts';
import { useWords } from '../../words/useWords.ts';

/** Whether the words on containers are on show, in the language of the page. */
export function useContainerWords(): boolean {
  const { language } = useWords();
  const { isSuccess } = useQuery({
    queryKey: ['container words', language],
    queryFn: async () => {
      await loadContainerWords(readLanguage(language) ?? 'en');
      return true;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  return isSuccess;
}
