import { shortId } from '../../things/shortId.ts';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { momentIn } from '../../words/when.ts';

/** The line that goes over everything that was opened: who, for whom, when, in which case. */
export function useWatermark({ at, caseId }: { readonly at: string; readonly caseId: string }): string {
  const { t, locale } = useWords();
  const { person, party, zone } = useOwn();
  return t('open.watermark', {
    person: person?.name ?? '',
    party: party?.name ?? '',
    time: momentIn(at, zone, locale),
    case: shortId(caseId),
  });
}
