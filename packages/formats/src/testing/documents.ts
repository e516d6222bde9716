import type { DestructionDocument } from '../destruction-certificate-pdf.ts';
import type { OrderDocument } from '../order-pdf.ts';

/** Documents of the sandbox's story, for tests and for looking at. */
export const ORDER: OrderDocument = {
  env: 'sandbox',
  title: 'European Production Order Certificate',
  lead: 'The provider named below must produce the data listed here, and nothing else.',
  issuer: 'Procuradoria de Porto Novo',
  reference: 'PN-2026-00417',
  issued: '2026-11-22T08:00:00.000Z',
  zone: 'Europe/Lisbon',
  parties: [
    {
      seat: 'Issuing authority',
      name: 'Procuradoria de Porto Novo',
      country: 'PT',
      address: 'Rua das Amendoeiras 4, 4000 Porto Novo',
    },
    { seat: 'Addressee', name: 'SkyMail Europe Ltd', country: 'IE', address: '1 Lantern Quay, Dublin' },
    { seat: 'Enforcing authority', name: 'Office of Lawful Requests', country: 'IE' },
  ],
  basis: [
    {
      text: 'Production of electronic evidence in criminal proceedings.',
      cite: 'Regulation (EU) 2023/1543, articles 4(2) and 5',
    },
    { text: 'Offence: fraud by means of a computer, punishable by up to five years.', cite: 'Código Penal, artigo 221' },
  ],
  items: [
    {
      id: '019ab0f2-7c11-7d3a-9a51-3f6c2b1e0a01',
      identifier: { type: 'email', value: 'm.duarte@skymail.example' },
      category: 'traffic',
      period: { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' },
      zone: 'Europe/Lisbon',
      decision: 'approved',
    },
    {
      id: '019ab0f2-7c11-7d3a-9a51-3f6c2b1e0a02',
      identifier: { type: 'email', value: 'r.silva@skymail.example' },
      category: 'subscriber',
      decision: 'refused',
      reason: 'Not shown to be connected with the offence.',
    },
    {
      id: '019ab0f2-7c11-7d3a-9a51-3f6c2b1e0a03',
      identifier: { type: 'ip_address', value: '2001:db8:1267:c1:aaaa:bbbb:cccc:dddd' },
      category: 'identification',
      period: { from: '2026-05-03T21:00:00.000Z', until: '2026-05-03T22:00:00.250Z' },
      decision: 'open',
    },
  ],
  approvals: [
    { role: 'Prosecutor', person: 'prosecutor-1', party: 'Procuradoria de Porto Novo', at: '2026-11-22T08:05:10.000Z' },
    { role: 'Judge', person: 'judge-2', party: 'Tribunal de Porto Novo', at: '2026-11-22T09:41:00.000Z' },
  ],
  clocks: [
    {
      name: 'The provider answers',
      strict: '2026-12-02T09:41:00.000Z',
      formal: '2026-12-03T00:00:00.000Z',
      otherwise: 'If nobody answers, the enforcing authority may enforce.',
    },
  ],
  digests: [
    { name: 'Procedure', value: 'a3f5c1d2e4b697880112233445566778899aabbccddeeff00112233445566778' },
    { name: 'Act of issue', value: '0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0' },
  ],
  digest: '5d41402abc4b2a76b9719d911017c592ae2f1c3b4a5968778695a4b3c2d1e0f1',
};

export const DESTRUCTION: DestructionDocument = {
  env: 'sandbox',
  title: 'Certificate of destruction',
  issuer: 'Institute for Health Costs',
  reference: 'IHC-2026-0009',
  issued: '2026-11-22T16:30:00.000Z',
  zone: 'Europe/Berlin',
  destroyedBy: { party: 'Institute for Health Costs', person: 'data-steward-1', role: 'Data steward' },
  verified: '2026-11-20T14:03:00.000Z',
  validated: { party: 'St. Brigid Hospital', person: 'counsel-1', role: 'Counsel', at: '2026-11-20T15:00:00.000Z' },
  copies: [
    {
      delivery: '019ab0f2-7c11-7d3a-9a51-3f6c2b1e0b01',
      ciphertext: '9b74c9897bac770ffc029102a200c5de5e1f2a3b4c5d6e7f8091a2b3c4d5e6f7',
      bytes: 3618036,
      method: 'key-erased',
      keyErased: 'age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3290gq',
      at: '2026-11-22T16:02:11.500Z',
    },
    {
      delivery: '019ab0f2-7c11-7d3a-9a51-3f6c2b1e0b02',
      ciphertext: '1c383cd30b7c298ab50293adfecb7b18a9b8c7d6e5f4031221304f5e6d7c8b9a',
      bytes: 20480,
      method: 'overwritten',
      at: '2026-11-22T16:04:00.000Z',
    },
  ],
  otherKeyCopies: [],
  log: { origin: 'log.institute.example/comity', index: 418 },
  signatures: [
    {
      party: 'Institute for Health Costs',
      person: 'data-steward-1',
      role: 'Data steward (verification)',
      key: 'ihc-steward-1',
      signature: 'q8Zr3mYt0bKcVf1nWl5oPx7sJd9hGe2uAiR6yTqLzXwMvCkBjNpDgHfSaEoUyItRqWeRtYuIoPaSdFgHjKlZxA',
      at: '2026-11-22T16:30:00.000Z',
    },
    {
      party: 'St Brendan General Hospital',
      person: 'privacy-officer-1',
      role: 'Privacy officer (validation)',
      key: 'sbh-privacy-1',
      signature: 'Zx9Cv8Bn7Mm6Aa5Ss4Dd3Ff2Gg1Hh0JjKkLlQqWwEeRrTtYyUuIiOoPp1234567890AbCdEfGhIjKlMnOpQrSt',
      at: '2026-11-22T17:12:00.000Z',
    },
  ],
  digest: '7c211433f02071597741e6ff5a8ea34789abbf43b5a1c2d3e4f5061728394a5b',
};
