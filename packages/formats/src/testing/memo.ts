import type { MemoDocument } from '../memo-pdf.ts';

/** A memo of the sandbox's story, for tests and for looking at. */
export const MEMO: MemoDocument = {
  env: 'sandbox',
  issuer: 'Harbor Mercy Hospital',
  reference: '3f2a90c11b7e4d05',
  issued: '2026-11-26T14:05:00.000Z',
  zone: 'America/New_York',
  on: '2026-11-26',
  verdict: 'conflict',
  confirmed: 'secondary',
  lawfulUntil: '2027-05-13',
  facts: [
    { name: 'Exporter’s country', value: 'United States' },
    { name: 'Kinds of data', value: 'personal data, health, linked identifiers' },
    { name: 'People in this transfer', value: '12,000' },
  ],
  regimes: [
    {
      name: 'US Data Security Program (28 CFR 202)',
      verdict: 'prohibited',
      confirmed: 'secondary',
      reasons: [
        {
          says: 'A vendor agreement that gives a covered person access to bulk sensitive personal data is forbidden unless the security requirements are met.',
          cite: '28 CFR 202.401(a)',
          confirmed: 'secondary',
        },
      ],
      missing: [],
    },
    {
      name: 'US HIPAA (45 CFR 160, 164)',
      verdict: 'undecided',
      confirmed: 'official',
      reasons: [
        {
          says: 'A service provider may create, receive, keep or transmit protected health information only under a contract.',
          cite: '45 CFR 164.502(e)',
          confirmed: 'official',
          basis: 'us.hipaa.504e',
        },
      ],
      missing: ['Exporter’s roles'],
    },
  ],
  silent: ['EU GDPR, Chapter V', 'Japan APPI'],
  conflicts: [{ demanding: 'US CLOUD Act (18 USC 2713)', forbidding: 'EU GDPR, Chapter V (art. 48)' }],
  duties: [
    { phase: 'pre', what: 'A risk analysis that takes the place into account', cite: '45 CFR 164.308(a)(1)(ii)(A)', met: false },
    { phase: 'post', what: 'Everything returned or destroyed at the end', cite: '45 CFR 164.504(e)(2)(ii)(J)' },
  ],
  open: [
    {
      fact: 'Exporter’s roles',
      means: 'roles that law attaches to the exporter for this data',
      asks: 'US HIPAA (45 CFR 160, 164); US GLBA (16 CFR 313, 314)',
    },
  ],
  ways: [
    { changes: ['Safeguards: all CISA Security Requirements'], verdict: 'conditional', duties: 11 },
    { changes: ['Importer’s country: Puerto Rico, Guam', 'Form of the data: synthetic data'], verdict: 'free', duties: 0 },
  ],
  never: [{ says: 'A deal shaped to get round these rules is itself forbidden.', cite: '28 CFR 202.304' }],
  elsewhere: [{ name: 'Share held from countries of concern', value: '0' }],
  countriesNotAssessed: ['Côte d’Ivoire'],
  notAssessed: ['Texas SB 1188 (electronic health records)'],
  packs: [
    {
      name: 'US Data Security Program (28 CFR 202)',
      version: 1,
      sha256: '90ecaa7a9282ea3e5f0f3d2b1c4a5968770e1d2c3b4a59687f6e5d4c3b2a1908',
      reviewed: false,
    },
  ],
  digest: '3f2a90c11b7e4d0590ecaa7a9282ea3e5f0f3d2b1c4a5968770e1d2c3b4a5968',
};
