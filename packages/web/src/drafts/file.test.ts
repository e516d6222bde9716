import { describe, expect, test } from 'vitest';
import { openDraft, sealDraft } from './file.ts';

const NAME = 'eu.epoc.pt-prosecution.investigator-1';
const DRAFT = { items: [{ id: 'i1', value: 'm.duarte@skymail.example' }], text: 'ç ع' };
const PASSPHRASE = 'four words are enough';

describe('a draft as a file', () => {
  test('opens in the same form with the same passphrase, and says nothing to whoever finds it', async () => {
    const file = await sealDraft(NAME, DRAFT, PASSPHRASE);
    expect(file).not.toContain('duarte');
    expect(await openDraft(NAME, file, PASSPHRASE)).toEqual({ ok: true, draft: DRAFT });
  });

  test('opens with no other passphrase, in no other form, and not once it was touched', async () => {
    const file = await sealDraft(NAME, DRAFT, PASSPHRASE);
    const shut = { ok: false, why: 'not-opened' };
    expect(await openDraft(NAME, file, `${PASSPHRASE}.`)).toEqual(shut);
    expect(await openDraft('outsourcing.us-hospital.owner-1', file, PASSPHRASE)).toEqual(shut);
    const { sealed, ...rest } = JSON.parse(file);
    const touched = `${sealed.startsWith('A') ? 'B' : 'A'}${sealed.slice(1)}`;
    expect(await openDraft(NAME, JSON.stringify({ ...rest, sealed: touched }), PASSPHRASE)).toEqual(shut);
  });

  test.each([
    ['no JSON', 'x'],
    ['another kind', '{"kind":"case"}'],
    ['another version', '{"kind":"comity-draft","v":2}'],
    ['rounds without end', '{"kind":"comity-draft","v":1,"rounds":1e15,"salt":"","iv":"","sealed":""}'],
    ['too few rounds', '{"kind":"comity-draft","v":1,"rounds":1,"salt":"","iv":"","sealed":""}'],
    ['a broken salt', '{"kind":"comity-draft","v":1,"rounds":600000,"salt":"*","iv":"","sealed":""}'],
  ])('is none with %s', async (_, text) => {
    expect(await openDraft(NAME, text, PASSPHRASE)).toEqual({ ok: false, why: 'no-draft' });
  });
});
