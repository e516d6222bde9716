import type { FollowingForm, FormAuthority, ObstacleForm, PreservationForm, ProductionForm } from '../form.ts';

const period = { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' } as const;

const PROSECUTOR: FormAuthority = {
  type: 'prosecutor',
  name: 'Ministério Público, DIAP Lisboa',
  representative: 'H. Prates',
  post: 'Prosecutor',
  reference: 'P-17/26',
  address: 'Lisboa',
  phone: '+351 21 000 0001',
  email: 'diap@mp.example',
  languages: ['pt', 'en'],
  signedOn: '2026-11-26',
};
const JUDGE: FormAuthority = {
  ...PROSECUTOR,
  type: 'judge',
  name: 'Tribunal Central',
  representative: 'I. Valadão',
  post: 'Judge',
  reference: 'J-4/26',
  email: 'tcic@tribunal.example',
};

/** Forms of invented people. */
export const FORM_1: ProductionForm = {
  form: 1,
  a: { state: 'PT', issuing: PROSECUTOR.name, validating: JUDGE.name, issuingFile: 'P-17/26', validatingFile: 'J-4/26' },
  b: {
    addressee: 'Skymail Cloud Ltd',
    kind: 'designated-establishment',
    address: 'Dublin',
    technicalId: { country: 'IE', id: 'ie-skymail' },
  },
  c: { ticks: ['end-of-ten-days'], procedural: [{ what: 'Trial', at: '2027-01-12T09:00:00.000Z' }] },
  d: { kind: 'preservation', reference: 'PR-3/26', on: '2026-10-02' },
  items: [
    {
      id: 'i1',
      identifier: { type: 'email', value: 'ana@example.org' },
      category: 'subscriber',
      options: ['user-information', 'puk-codes'],
    },
    {
      id: 'i2',
      identifier: { type: 'ip_address', value: '192.0.2.7' },
      category: 'traffic',
      options: [],
      period,
      zone: 'Europe/Lisbon',
    },
  ],
  g: {
    proceedings: 'criminal',
    offence: 'Computer fraud',
    statute: 'Código Penal art. 221',
    maxPenaltyYears: 5,
    addressedAs: 'controller',
    forPublicAuthority: false,
    forProfessionalSecrecy: false,
  },
  h: { delayed: true, reasons: 'The inquiry would be known too early.' },
  i: { ...PROSECUTOR, withoutValidation: false },
  j: JUDGE,
  k: { state: 'IE', name: 'Central Authority for Mutual Assistance', contact: 'mutual@ie.example' },
  l: { to: 'issuing', name: PROSECUTOR.name, contact: 'diap@mp.example', format: 'CSV' },
  m: {
    necessity: 'Who opened the account, and when it was used in March, cannot be learnt in any other way.',
    summary: 'Proceeds of a computer fraud of March 2026 went through the account.',
  },
};

export const FORM_2: PreservationForm = {
  form: 2,
  a: FORM_1.a,
  b: FORM_1.b,
  items: FORM_1.items,
  e: { proceedings: 'criminal', offence: 'Computer fraud', statute: 'Código Penal art. 221', forPublicAuthority: false },
  f: { ...PROSECUTOR, withoutValidation: false },
  g: JUDGE,
};

export const FORM_3: ObstacleForm = {
  form: 3,
  a: { certificate: 'EPOC', reference: 'P-17/26' },
  b: { issuing: PROSECUTOR.name, enforcing: 'Central Authority for Mutual Assistance' },
  c: { addressee: 'Skymail Cloud Ltd', received: '2026-11-26T10:00:00.000Z' },
  d: [{ item: 'i2', reasons: ['third-country'], words: 'The account belongs to a customer of our sister company.' }],
  e: {
    law: 'Law of the third country',
    applies: 'The company that holds the data is established there.',
    conflict:
      'Its statute forbids disclosure to foreign authorities without approval of a court of that country, under penalty of imprisonment for those who disclose. The data are stored there too.',
  },
  f: 'Is the account meant that was renamed in May?',
  g: [{ item: 'i2', preserved: true, words: 'since 26 November' }],
  h: { name: 'S. Lynch', contact: 'legal@skymail.example', on: '2026-11-27' },
};

export const FORM_6: FollowingForm = {
  form: 6,
  issuing: PROSECUTOR.name,
  reference: 'PR-3/26',
  addressee: 'Skymail Cloud Ltd',
  preservedSince: '2026-10-02T10:00:00.000Z',
  by: { name: 'H. Prates', contact: 'diap@mp.example', on: '2026-11-20' },
};
