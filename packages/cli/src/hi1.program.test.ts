import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ETSI_VERSION,
  entry,
  type Hi1Message,
  type Hi1Order,
  messageJson,
  orderActions,
  PROFILE,
  signMessage,
} from '@comity/formats/hi1';
import { afterAll, describe, expect, it } from 'vitest';
import { fileIn, runIn } from './testing/run.ts';

const dir = mkdtempSync(join(tmpdir(), 'comity-cli-hi1-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const [from, to] = [
  { CountryCode: 'DE', UniqueIdentifier: 'de-prosecution' },
  { CountryCode: 'IE', UniqueIdentifier: 'ie-skymail' },
];
const order: Hi1Order = {
  reference: 'Js 17/26',
  legalType: entry('ETSI', 'EPOCLegalType', 'EPOC'),
  priority: entry('ETSI', 'EPOCPriority', 'TenDaysASAP'),
  typeOfCase: entry('ETSI', 'AuthorisationTypeOfCase', 'Theft'),
  jurisdiction: 'DE',
  issued: '2026-11-26T09:00:00.000Z',
  ...{ from, to, addressee: 'Skymail Cloud Ltd', status: 'SUBMITTED', delayed: false, notified: false },
  approvals: [
    {
      kind: 'issuing',
      name: 'A. Weber',
      role: 'PublicProsecutor',
      at: '2026-11-26T09:00:00.000Z',
      reference: 'Js 17/26',
      emergency: false,
    },
  ],
  deadlines: [],
  delivery: { to: from, recipient: 'age1example' },
  items: [
    {
      item: { id: 'i1', identifierType: 'email', category: 'subscriber' },
      identifier: { type: 'email', value: 'ana@example.org' },
      does: 'disclose',
    },
  ],
};
const ids = {
  authorisation: '7dbbc880-8750-4d3c-abe7-ea4a17646045',
  encryption: '8dbbc880-8750-4d3c-abe7-ea4a17646045',
  reasons: '9dbbc880-8750-4d3c-abe7-ea4a17646045',
  tasks: { i1: '1b36a78b-b628-416d-bd22-404e68a0cd36' },
};
const actions = orderActions(order, ids);
if (!actions.ok) throw new Error(JSON.stringify(actions.refusal));
const message: Hi1Message = {
  header: {
    sender: from,
    receiver: to,
    transaction: ids.reasons,
    at: '2026-11-26T09:30:00.000Z',
    version: { etsi: ETSI_VERSION, ...PROFILE },
  },
  body: { kind: 'request', actions: actions.value },
};
const wire = messageJson(message);
const text = JSON.stringify(wire);

describe('comity hi1', () => {
  it('says by its exit code whether the profile has something against a message', () => {
    fileIn(dir, 'sound.json', wire);
    expect(runIn(dir, 'hi1', 'lint', 'sound.json')).toMatchObject({
      code: 0,
      out: expect.stringContaining('The message is not signed.'),
    });
    fileIn(dir, 'odd.json', text.replace('"Theft"', '"Rustling"'));
    expect(runIn(dir, 'hi1', 'lint', 'odd.json')).toMatchObject({
      code: 3,
      out: expect.stringContaining('A person must say what it means.'),
    });
    fileIn(dir, 'fault.json', text.replace('"task:Type"', '"task:Typ"'));
    expect(runIn(dir, 'hi1', 'lint', 'fault.json')).toMatchObject({
      code: 1,
      out: expect.stringContaining('task:Type is missing.'),
    });
    fileIn(dir, 'twice.json', text.replace('"Header":', '"Header":{},"Header":'));
    expect(runIn(dir, 'hi1', 'lint', 'twice.json').code).toBe(1);
  });

  it('tells a message in plain words', () => {
    const { code, out } = runIn(dir, 'hi1', 'read', 'sound.json');
    expect(code).toBe(0);
    for (const said of [
      'de-prosecution (DE) to ie-skymail (IE)',
      'Order Js 17/26: EPOC',
      'i1: disclose subscriber of email ana@example.org',
    ])
      expect(out).toContain(said);
  });

  it('checks who signed it, and says why it does not believe it', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    fileIn(dir, 'keys.json', { k1: publicKey.export({ format: 'jwk' }) });
    fileIn(
      dir,
      'signed.json',
      await signMessage(wire, { kid: 'k1', alg: 'EdDSA', sign: async (bytes) => sign(null, bytes, privateKey) }),
    );
    expect(runIn(dir, 'hi1', 'lint', 'signed.json', '--keys', 'keys.json')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Signed with the key k1.'),
    });
    expect(runIn(dir, 'hi1', 'lint', 'sound.json', '--keys', 'keys.json')).toMatchObject({
      code: 1,
      err: expect.stringContaining('It is not signed.'),
    });
  });
});

describe('comity epoc', () => {
  const form = {
    form: 6,
    issuing: 'Staatsanwaltschaft Bremen',
    reference: 'PR-3/26',
    addressee: 'Skymail Cloud Ltd',
    preservedSince: '2026-10-02T10:00:00.000Z',
    by: { name: 'A. Weber', contact: 'post@sta-bremen.example', on: '2026-11-20' },
  };

  it('checks a form and prints it, once', () => {
    fileIn(dir, 'form.json', form);
    expect(runIn(dir, 'epoc', 'check', 'form.json').code).toBe(0);
    expect(runIn(dir, 'epoc', 'print', 'form.json', '-o', 'form.pdf', '--lang', 'fr')).toMatchObject({ code: 0, err: '' });
    expect(readFileSync(join(dir, 'form.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
    expect(runIn(dir, 'epoc', 'print', 'form.json', '-o', 'form.pdf').code).toBe(1);
    fileIn(dir, 'late.json', { ...form, by: { ...form.by, on: '2026-12-24' } });
    expect(runIn(dir, 'epoc', 'check', 'late.json')).toMatchObject({
      code: 1,
      out: expect.stringContaining('The sixty days were over.'),
    });
    expect(runIn(dir, 'epoc', 'xml', 'form.json', '-o', 'form.xml').code).toBe(1);
    fileIn(dir, 'odd.json', { ...form, form: 4 });
    expect(runIn(dir, 'epoc', 'check', 'odd.json').code).toBe(1);
  });
});
