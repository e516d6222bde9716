import { compileLaw, type Law } from '../law.ts';
import { loadPack } from '../load.ts';
import { committedVocabulary, must, sha256 } from './law.ts';

const vocabulary = committedVocabulary();

/** A pack of a test, as JSON. */
export function packOf(regime: string, rules: readonly object[], more: object = {}): object {
  const reviewed = { by: [], on: null };
  return { pack: regime, version: 1, vocabulary: 'comity-facts@1', regime, title: regime, reviewed, sources: {}, rules, ...more };
}

/** A rule of a test. */
export function ruleOf(id: string, kind: string, when: object, more: object = {}): object {
  return {
    id,
    kind,
    cite: { ref: `${id} cited` },
    says: 'a sentence',
    force: { from: '2020-01-01' },
    when,
    examples: [],
    ...more,
  };
}

/** Packs of a test, compiled. */
export function lawOf(...packs: readonly object[]): Law {
  return compileLaw(
    vocabulary,
    packs.map((json) => must(loadPack(json, vocabulary))),
    sha256,
  );
}
