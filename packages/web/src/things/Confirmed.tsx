import type { Confirmation } from '@comity/assess';
import { useWords } from '../words/useWords.ts';
import './confirmed.css';

/** How well a text of law was confirmed, in words; what was not confirmed is marked. */
export function Confirmed({ how }: { readonly how: Confirmation }) {
  const { t } = useWords();
  return <span className={`confirmed small ${how}`}>{t(`confirmed.${how}`)}</span>;
}
