import { useEffect } from 'react';
import { addWords } from '../words/catalogue.ts';
import { useWords } from '../words/useWords.ts';

interface Props {
  /** The step of a gate, or what it foretells. */
  readonly rule: string;
  /** What the law says of it, in English. */
  readonly says: string;
}

/** The sentence of a gate's step, in the reader's language where that has one, else in the law's own English, marked as such. */
export function GateSays({ rule, says }: Props) {
  const { term, has } = useWords();
  // A page that asks nothing of the gate does without these words until a step is refused there.
  useEffect(() => {
    void addWords('gate');
  }, []);
  const key = [`step.${rule}`, rule].find(has);
  return key !== undefined ? term(key) : <bdi lang="en">{says}</bdi>;
}
