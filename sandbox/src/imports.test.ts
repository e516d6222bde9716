import type { ImportsView } from '@comity/node/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callTo, codeOf, readImport } from './importing.ts';
import { Actor } from './stories/actor.ts';
import { DRAFT } from './stories/cooperation.ts';
import { ORDER, testSandbox } from './testing.ts';

const PARIS = { id: 'fr-paris', name: 'Parquet de Paris', country: 'FR', phone: '+33 1 44 32 51 51' };
const callBack = callTo('fr-paris');

let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let analyst: Actor;

beforeAll(async () => {
  sandbox = await testSandbox({ only: ORDER, foreign: { 'pt-prosecution': [PARIS] } });
  analyst = await Actor.signIn(sandbox, 'ie-skymail', 'analyst-1');
});
afterAll(() => sandbox.stop());

describe('a file that somebody received', () => {
  const handIn = async (kind: string, content: string): Promise<string> => {
    const init = { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: content };
    const answer = await analyst.call(`/api/imports?kind=${kind}`, init);
    return ((await answer.json()) as { import: string }).import;
  };

  it('is kept byte for byte, with a proposal beside it that a person must judge', async () => {
    const text = 'Az.: 17/26\nBestandsdaten zu m.duarte@skymail.example am 3.4.2026, 9:15';
    const id = await handIn('txt', text);
    const { draft, sender, state } = await readImport(analyst, id);
    expect([sender, state, draft?.text]).toEqual([null, 'quarantined', text]);
    expect(draft?.values.map(({ field, by, doubts }) => [field, by, doubts[0]])).toEqual([
      ['reference', 'machine', undefined],
      ['data', 'machine', 'meaning'],
      ['identifier', 'machine', undefined],
      ['time', 'machine', 'zone-missing'],
    ]);
    expect(Buffer.from(await analyst.bytes(`/api/imports/${id}/original`)).toString()).toBe(text);
  });

  it('as PDF is kept for the clerk to type from; what is none is refused', async () => {
    const { draft } = await readImport(analyst, await handIn('pdf', '%PDF-1.7 …'));
    expect(draft?.readable).toBe(false);
    expect(await codeOf(handIn('pdf', 'MZ'))).toBe('import-unreadable');
    expect(await codeOf(handIn('eml', ''))).toBe('import-unreadable');
  });

  it('is taken up into a case that is open, or opens one, both or neither', async () => {
    const prosecutor = await Actor.signIn(sandbox, 'pt-prosecution', 'prosecutor-1');
    const call = (await prosecutor.get<ImportsView>('/api/imports')).authorities;
    expect(call).toEqual([{ id: 'fr-paris', name: 'Parquet de Paris', country: 'FR', phone: '+33 1 44 32 51 51' }]);
    const init = { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: 'Référence : 17/26' };
    const id = ((await (await prosecutor.call('/api/imports?kind=txt', init)).json()) as { import: string }).import;
    const investigator = await Actor.signIn(sandbox, 'pt-prosecution', 'investigator-1');
    const takeUp = { decision: 'taken-up', callBack, words: '' };
    await prosecutor.post(`/api/imports/${id}/decide`, takeUp);
    const opening = { procedure: DRAFT.procedure, type: DRAFT.type, data: DRAFT.data, sections: DRAFT.sections };
    const broken = { ...opening, data: { ...DRAFT.data, purpose: 7 } };
    expect(await codeOf(investigator.post(`/api/imports/${id}/decide`, { ...takeUp, opening: broken }))).toBe('field-invalid');
    expect(await codeOf(prosecutor.post(`/api/imports/${id}/decide`, { ...takeUp, opening }))).toBe('import-needs-second');
    const done = await investigator.post<{ state: string; case: string }>(`/api/imports/${id}/decide`, { ...takeUp, opening });
    expect(done.state).toBe('taken-up');
    expect((await investigator.read(done.case)).items).toHaveLength(4);
    // The case that was refused to the first person does not exist.
    const { db } = sandbox.node('pt-prosecution').house;
    expect(await db.selectFrom('cases').select('id').execute()).toHaveLength(1);
  });
});
