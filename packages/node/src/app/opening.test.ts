import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadLaw } from '../law.ts';
import { openingView } from './opening.ts';

const law = loadLaw(join(import.meta.dirname, '../../../../law/packs'));

test('what the act that opens a case asks for can be made into a form, whatever the procedure', () => {
  for (const id of law.procedures.keys()) {
    const view = openingView({ law }, id);
    expect(view?.procedure, id).toBe(id);
    expect(
      view?.seats.map(({ seat }) => seat),
      id,
    ).not.toContain(view?.seat);
    // What a form of it cannot ask would make it a form that is always refused.
    const kinds = Object.values(view?.carries ?? {}).filter((kind) => typeof kind === 'string');
    expect(
      kinds.filter((kind) => !['word', 'count', 'instant', 'flag', 'case'].includes(kind as string)),
      id,
    ).toEqual([]);
  }
  expect(openingView({ law }, 'no.such')).toBeUndefined();
});

test('a procedure that a gate knows says how it is asked about', () => {
  expect(openingView({ law }, 'eu.epoc-pr')?.gate).toEqual({
    instrument: 'epoc_pr',
    issuerKind: 'prosecutor',
    validatedBy: 'judge',
  });
  expect(openingView({ law }, 'coe.p2.subscriber')?.gate).toEqual({ instrument: 'p2_art7', issuerKind: 'prosecutor' });
  expect(openingView({ law }, 'jit.share')?.gate).toBeUndefined();
});
