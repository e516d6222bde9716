import type { ServiceCard } from '@comity/core';
import type { ForeignAuthority } from '@comity/node';

/** One organisation of the sandbox. Everybody in it is invented. */
export interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly zone: string;
  readonly kind: string;
  readonly powers: readonly { readonly procedure: string; readonly seat: string }[];
  readonly people: readonly { readonly id: string; readonly name: string; readonly roles: readonly string[] }[];
  /** How it is asked for data. */
  readonly card?: ServiceCard;
  /** Which of the sandbox's datasets it holds. */
  readonly holds?: 'provider' | 'claims' | 'bank';
  /** Offices to which no network leads from here. */
  readonly byFile?: readonly string[];
  /** Only routes that a few stories and pages show need it: tests that do not ask for it start without. */
  readonly route?: true;
  /** Authorities without a node that it knows, with the number at which each is called back. */
  readonly foreign?: readonly ForeignAuthority[];
}

/** A seat in each of several procedures. */
function powers(seat: string, ...procedures: readonly string[]): Organisation['powers'] {
  return procedures.map((procedure) => ({ procedure, seat }));
}

/** Numbers that are kept free for fiction, or are nobody's. */
const BREMEN = { id: 'de-bremen', name: 'Staatsanwaltschaft Bremen (invented)', country: 'DE', phone: '+49 421 0000 0000' };
const PARIS = { id: 'fr-paris', name: 'Parquet de Paris (invented)', country: 'FR', phone: '+33 1 99 00 00 00' };

const vendorPower = ['vendor', 'subprocessor'].map((seat) => ({ procedure: 'outsourcing.engagement', seat }));

/** The organisations that `npm start` brings up, in the order of the lobby; each gets the next port. */
export const ORGANISATIONS: readonly Organisation[] = [
  {
    id: 'pt-prosecution',
    name: 'Ministério Público, DIAP Lisboa',
    country: 'PT',
    zone: 'Europe/Lisbon',
    kind: 'prosecutor',
    powers: [
      ...powers('issuing', 'eu.epoc', 'eu.epoc-pr', 'coe.p2.subscriber', 'coe.p2.domain', 'coe.p2.order'),
      ...powers('requesting', 'mla.request'),
      ...powers('asking', 'emergency.disclosure'),
      ...powers('prosecution', 'defence.request'),
      ...powers('sharing', 'spontaneous.information', 'jit.share'),
      ...powers('receiving', 'spontaneous.information', 'jit.share'),
      ...powers('lead', 'jit.agreement'),
    ],
    foreign: [PARIS],
    people: [
      { id: 'investigator-1', name: 'Rui Tavares', roles: ['investigator'] },
      { id: 'investigator-2', name: 'Marta Seabra', roles: ['investigator'] },
      { id: 'officer-dp', name: 'Duarte Pinho', roles: ['protection_officer'] },
      { id: 'prosecutor-1', name: 'Helena Prates', roles: ['prosecutor'] },
    ],
  },
  {
    id: 'pt-court',
    name: 'Tribunal Central de Instrução Criminal',
    country: 'PT',
    zone: 'Europe/Lisbon',
    kind: 'court',
    powers: [
      ...powers('validating', 'eu.epoc', 'eu.epoc-pr'),
      ...powers('confirming', 'emergency.disclosure'),
      ...powers('court', 'defence.request'),
    ],
    people: [{ id: 'judge-1', name: 'Inês Valadão', roles: ['judge'] }],
  },
  {
    id: 'ie-authority',
    name: 'Central Authority for Mutual Assistance',
    country: 'IE',
    zone: 'Europe/Dublin',
    kind: 'authority',
    powers: [
      ...powers('enforcing', 'eu.epoc'),
      ...powers('central-in', 'mla.request'),
      ...powers('notified', 'coe.p2.subscriber'),
      ...powers('giving-effect', 'coe.p2.order'),
      ...powers('receiving', 'coe.preservation', 'coe.p2.emergency'),
    ],
    foreign: [BREMEN, PARIS],
    people: [
      { id: 'officer-1', name: 'Niamh Keane', roles: ['enforcing_officer', 'central_officer'] },
      { id: 'clerk-1', name: 'Cian Doyle', roles: ['clerk', 'contact_officer'] },
      { id: 'lead-1', name: 'Aoife Nolan', roles: ['contact_lead'] },
    ],
    byFile: ['pt-central'],
  },
  {
    id: 'ie-skymail',
    name: 'Skymail Cloud Ltd',
    country: 'IE',
    zone: 'Europe/Dublin',
    kind: 'provider',
    powers: powers(
      'provider',
      'eu.epoc',
      'eu.epoc-pr',
      'emergency.disclosure',
      'coe.p2.subscriber',
      'coe.p2.domain',
      'coe.p2.order',
      'coe.p2.emergency',
    ),
    foreign: [BREMEN, PARIS],
    people: [
      { id: 'analyst-1', name: 'Oisín Brady', roles: ['analyst'] },
      { id: 'reviewer-1', name: 'Sadhbh Lynch', roles: ['reviewer'] },
    ],
    card: {
      entity: 'Skymail Cloud Limited',
      addressed: 'designated-establishment',
      address: 'Legal Requests, 4 Sandbox Quay, Dublin 2, Ireland',
      languages: ['en', 'fr', 'pt'],
      services: ['Skymail', 'Skymail Drive'],
      categories: ['subscriber', 'identification', 'traffic', 'content'],
      identifierTypes: ['email', 'phone', 'user_id', 'ip_address'],
      formats: ['CSV', 'JSON', 'MBOX'],
      keeps: { identification: 180, traffic: 365 },
      // Of the block that ComReg keeps for fiction.
      callBack: '+353209131234',
      asOf: '2026-11-01',
    },
    holds: 'provider',
  },
  {
    id: 'us-hospital',
    name: 'Harbor Mercy Hospital',
    country: 'US',
    zone: 'America/New_York',
    kind: 'hospital',
    powers: [{ procedure: 'outsourcing.engagement', seat: 'client' }],
    people: [
      { id: 'owner-1', name: 'Marcus Bell', roles: ['project_owner'] },
      { id: 'counsel-1', name: 'Dana Whitfield', roles: ['counsel'] },
      { id: 'engineer-1', name: 'Priya Raman', roles: ['data_engineer'] },
    ],
    holds: 'claims',
  },
  {
    id: 'pr-vendor',
    name: 'Borinquen Analytics LLC',
    country: 'PR',
    zone: 'America/Puerto_Rico',
    kind: 'vendor',
    powers: vendorPower,
    people: [{ id: 'manager-1', name: 'Yadira Colón', roles: ['vendor_manager'] }],
  },
  {
    id: 'in-vendor',
    name: 'Deccan Health Data Pvt Ltd',
    country: 'IN',
    zone: 'Asia/Kolkata',
    kind: 'vendor',
    powers: vendorPower,
    people: [{ id: 'manager-1', name: 'Arvind Rao', roles: ['vendor_manager'] }],
  },
  {
    id: 'cn-vendor',
    name: 'Pearl River Data Co., Ltd.',
    country: 'CN',
    zone: 'Asia/Shanghai',
    kind: 'vendor',
    powers: vendorPower,
    people: [{ id: 'manager-1', name: 'Lin Yue', roles: ['vendor_manager'] }],
  },
  {
    id: 'eu-overseer',
    name: 'Oversight Board',
    country: 'BE',
    zone: 'Europe/Brussels',
    kind: 'overseer',
    powers: [],
    people: [{ id: 'overseer-1', name: 'Katrijn Maes', roles: ['overseer'] }],
  },
  {
    id: 'nv-venue',
    name: 'Neutral Venue for Data Disputes',
    country: 'CH',
    zone: 'Europe/Zurich',
    kind: 'venue',
    powers: powers('venue', 'jit.share', 'spontaneous.information', 'mla.request', 'emergency.disclosure'),
    people: [{ id: 'presider-1', name: 'Luc Favre', roles: ['presider'] }],
  },
  {
    id: 'pt-central',
    name: 'Gabinete de Cooperação Judiciária',
    country: 'PT',
    zone: 'Europe/Lisbon',
    kind: 'central',
    powers: [...powers('central-out', 'mla.request'), ...powers('asking', 'coe.preservation', 'coe.p2.emergency')],
    people: [
      { id: 'officer-1', name: 'Teresa Vaz', roles: ['central_officer', 'contact_lead'] },
      { id: 'clerk-1', name: 'Nuno Alves', roles: ['clerk', 'contact_officer'] },
    ],
    byFile: ['ie-authority'],
    route: true,
  },
  {
    id: 'ie-court',
    name: 'Dublin Metropolitan District Court',
    country: 'IE',
    zone: 'Europe/Dublin',
    kind: 'executing',
    powers: powers('executing', 'mla.request'),
    people: [
      { id: 'clerk-1', name: 'Fiadh Moran', roles: ['executing_clerk'] },
      { id: 'officer-1', name: 'Eoin Hartigan', roles: ['executing_officer'] },
    ],
    holds: 'provider',
    route: true,
  },
  {
    id: 'es-prosecution',
    name: 'Fiscalía Especial contra la Criminalidad Organizada',
    country: 'ES',
    zone: 'Europe/Madrid',
    kind: 'prosecutor',
    powers: [
      ...powers('second', 'jit.agreement'),
      ...powers('sharing', 'spontaneous.information', 'jit.share'),
      ...powers('receiving', 'spontaneous.information', 'jit.share'),
    ],
    people: [
      { id: 'investigator-1', name: 'Lucía Herrero', roles: ['investigator'] },
      { id: 'prosecutor-1', name: 'Gonzalo Ibarra', roles: ['prosecutor'] },
      { id: 'officer-dp', name: 'Nerea Campos', roles: ['protection_officer'] },
    ],
    holds: 'bank',
    route: true,
  },
  {
    id: 'pt-defence',
    name: 'Sociedade de Advogados Teles & Matos',
    country: 'PT',
    zone: 'Europe/Lisbon',
    kind: 'defence',
    powers: powers('defence', 'defence.request'),
    people: [{ id: 'lawyer-1', name: 'Sofia Teles', roles: ['defence_lawyer'] }],
    route: true,
  },
];

/** Whoever has a seat in a production order of the Union. */
export const ORDER: readonly string[] = ['pt-prosecution', 'pt-court', 'ie-authority', 'ie-skymail'];
/** Whoever may have a seat in an engagement to process data. */
export const ENGAGEMENT: readonly string[] = ['us-hospital', 'pr-vendor', 'in-vendor', 'cn-vendor'];
/** Kinds of which a quorum of witnesses takes one each; besides, it takes any other organisation. */
export const WITNESSES: readonly string[] = ['overseer', 'venue'];
