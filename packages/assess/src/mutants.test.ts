import { describe, expect, test } from 'vitest';
import { runExamples } from './examples.ts';
import { loadPack } from './load.ts';
import { committedVocabulary, readJson } from './testing/law.ts';
import { mutantsOf } from './testing/mutants.ts';

const vocabulary = committedVocabulary();

function survivors(id: string): readonly string[] {
  const alive = mutantsOf(readJson(`law/packs/${id}.json`)).filter(({ json }) => {
    const pack = loadPack(json, vocabulary);
    return pack.ok && runExamples(pack.value, vocabulary).length === 0;
  });
  return alive.map((mutant) => mutant.what);
}

// Starting days that coincide with those of the rule or region they serve change nothing when only one of them moves.
function isShiftedStart(what: string): boolean {
  return /from: a day (later|earlier)$/.test(what);
}

describe('the examples of a pack notice a changed law', () => {
  // The second number may only go down: details that another line of the same pack says as well.
  test.each([
    ['us.dsp', 18],
    ['us.hipaa', 0],
    ['eu.gdpr', 1],
  ])('%s', (id, redundant) => {
    expect(survivors(id).filter((what) => !isShiftedStart(what)).length).toBeLessThanOrEqual(redundant);
  });
});
