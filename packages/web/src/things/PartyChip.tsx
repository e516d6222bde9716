import type { PartyView } from '@comity/node/api';
import { useWords } from '../words/useWords.ts';

/** A party: its name in its own script, and its country in the reader's words. */
export function PartyChip({ party, id }: { readonly party: PartyView | undefined; readonly id: string }) {
  const { locale } = useWords();
  if (party === undefined) return <bdi className="mono">{id}</bdi>;
  const country = new Intl.DisplayNames(locale, { type: 'region' }).of(party.country) ?? party.country;
  return (
    <span>
      <bdi>{party.name}</bdi> <span className="quiet">({country})</span>
    </span>
  );
}
