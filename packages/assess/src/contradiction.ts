import type { Facts } from '@comity/core';
import { compileCondition, compileContext } from './compile.ts';
import type { Pack } from './pack.ts';
import { T } from './truth.ts';
import type { Contradiction, Vocabulary } from './vocabulary.ts';

/** The conditions of contradictions use no definitions and no regions. */
const WORDS_ONLY: Pick<Pack, 'define' | 'regions' | 'sources'> = { define: new Map(), regions: new Map(), sources: new Map() };

/** The first contradiction of the vocabulary that the facts run into. */
export function contradictionIn(facts: Facts, vocabulary: Vocabulary): Contradiction | undefined {
  return vocabulary.contradictions.find(({ when, facts: about }) => {
    if (!about.every((name) => facts[name] !== undefined)) return false;
    return compileCondition(when, compileContext(WORDS_ONLY, vocabulary, '1970-01-01')).truth(facts) === T;
  });
}
