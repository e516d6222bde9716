import type { CaseView } from '@comity/node/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Actor } from './stories/actor.ts';
import { askAndApprove, signInAll } from './stories/cooperation.ts';
import { teller } from './stories/teller.ts';
import { ORDER, testSandbox } from './testing.ts';

let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let prosecutor: Actor;
let id: string;

beforeAll(async () => {
  sandbox = await testSandbox({ only: [...ORDER, 'pt-central'] });
  const people = await signInAll(sandbox);
  prosecutor = people.prosecutor;
  id = await askAndApprove(people, teller({}, true));
});
afterAll(() => sandbox.stop());

const WISH = {
  language: 'pt',
  person: { name: 'M. Duarte', address: 'Lisboa' },
  items: ['i1', 'i2'],
  remedies: { court: 'Tribunal Central', limit: '30 dias', how: 'por escrito' },
  contact: 'DIAP Lisboa',
};
interface Written {
  readonly document: object & { readonly state: string; readonly holder: string };
  readonly digest: string;
  readonly text: string;
}
const pdfOf = (bytes: Uint8Array): string => Buffer.from(bytes.slice(0, 5)).toString();

describe('the notice to a person', () => {
  it('is written from the case, printed, said by an act, and then anybody who has its code can check it without an account', async () => {
    const written = await prosecutor.post<Written>(`/api/cases/${id}/notice`, WISH);
    expect([written.document.state, written.document.holder]).toEqual(['open', 'Skymail Cloud Ltd']);
    expect(written.text).toContain('Os seus dados foram pedidos');
    expect(pdfOf(await prosecutor.bytes(`/api/cases/${id}/notice.pdf`, written.document))).toBe('%PDF-');
    const code = written.digest.slice(0, 20).replaceAll(/(.{4})(?!$)/g, '$1-');
    expect(written.text).toContain(code);
    const url = sandbox.orgs.find((org) => org.id === 'pt-prosecution')?.url;
    const look = async (given: string) => (await fetch(`${url}/public/notices/${given}`)).status;
    expect(await look(code)).toBe(404);
    await prosecutor.act(id, {
      type: 'inform-person',
      data: { letter: written.digest, language: 'pt' },
      sections: { letter: written.document },
    });
    const answer = await fetch(`${url}/public/notices/${code}`);
    expect(Object.keys((await answer.json()) as object)).toEqual(['party', 'name', 'on']);
    expect(await look(code.replaceAll('-', ''))).toBe(200);
    expect([await look('0000-0000-0000-0000-0000'), await look('%25'), await look('0')]).toEqual([404, 422, 422]);
  });

  it('is not written by who does not inform, nor about items that the case has not', async () => {
    const analyst = await Actor.signIn(sandbox, 'ie-skymail', 'analyst-1');
    await analyst.until(id, 'refuse');
    await expect(analyst.post(`/api/cases/${id}/notice`, WISH)).rejects.toThrow('not-found');
    await expect(prosecutor.post(`/api/cases/${id}/notice`, { ...WISH, items: ['i9'] })).rejects.toThrow('item-unknown');
    await expect(prosecutor.post(`/api/cases/${id}/notice`, { ...WISH, language: 'xx' })).rejects.toThrow('field-invalid');
  });
});

describe('a request for mutual assistance', () => {
  it('is a letter with annexes, and says what it lacks', async () => {
    const investigator = await Actor.signIn(sandbox, 'pt-prosecution', 'investigator-1');
    const request = await investigator.open({
      procedure: 'mla.request',
      type: 'draft',
      data: {
        seats: { requesting: 'pt-prosecution', 'central-out': 'pt-central', 'central-in': 'ie-authority' },
        items: [{ id: 'm1', identifierType: 'email', category: 'subscriber' }],
        purpose: 'criminal-investigation',
        maxPenaltyYears: 5,
        retentionUntil: '2029-12-31T00:00:00.000Z',
        treaty: 'Council of Europe Convention of 1959',
        treatyInForce: true,
      },
      sections: {
        identifiers: { m1: { type: 'email', value: 'm.duarte@skymail.example' } },
        offence: { statute: 'Código Penal art. 221' },
        facts: { text: 'Computer fraud, committed in March 2026.' },
        necessity: { text: 'Who opened the account cannot be learnt otherwise.' },
      },
    });
    const letter = await investigator.get<{ gaps: string[]; document: { facts: string; centralIn: string; annexes: object[] } }>(
      `/api/cases/${request}/letter`,
    );
    expect([letter.gaps, letter.document.facts, letter.document.centralIn, letter.document.annexes.length]).toEqual([
      ['language'],
      'Computer fraud, committed in March 2026.',
      'Central Authority for Mutual Assistance',
      3,
    ]);
    const whole = await investigator.get<{ gaps: string[] }>(`/api/cases/${request}/letter?answer=English`);
    expect(whole.gaps).toEqual([]);
    expect(pdfOf(await investigator.bytes(`/api/cases/${request}/letter.pdf?lang=ar`))).toBe('%PDF-');
    const view = await prosecutor.get<CaseView>(`/api/cases/${id}`);
    expect(view.id).toBe(id);
    await expect(prosecutor.get(`/api/cases/${id}/letter`)).rejects.toThrow('not-found');
  });
});
