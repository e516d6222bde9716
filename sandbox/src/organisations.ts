import type { Country, TransferFacts } from '@comity/assess';

/** One organisation of the sandbox. Everybody in it is invented. */
export interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly zone: string;
  readonly kind: string;
  readonly powers: readonly { readonly procedure: string; readonly seat: string }[];
  readonly people: readonly { readonly id: string; readonly name: string; readonly roles: readonly string[] }[];
  /** Which of the sandbox's datasets it holds. */
  readonly holds?: 'provider' | 'claims';
}

const vendorPower = ['vendor', 'subprocessor'].map((seat) => ({ procedure: 'outsourcing.engagement', seat }));

/** The organisations that `npm start` brings up, in the order of the lobby; each gets the next port. */
export const ORGANISATIONS: readonly Organisation[] = [
  {
    id: 'pt-prosecution',
    name: 'Ministério Público, DIAP Lisboa',
    country: 'PT',
    zone: 'Europe/Lisbon',
    kind: 'prosecutor',
    powers: [{ procedure: 'eu.epoc', seat: 'issuing' }],
    people: [
      { id: 'investigator-1', name: 'Rui Tavares', roles: ['investigator'] },
      { id: 'prosecutor-1', name: 'Helena Prates', roles: ['prosecutor'] },
    ],
  },
  {
    id: 'pt-court',
    name: 'Tribunal Central de Instrução Criminal',
    country: 'PT',
    zone: 'Europe/Lisbon',
    kind: 'court',
    powers: [{ procedure: 'eu.epoc', seat: 'validating' }],
    people: [{ id: 'judge-1', name: 'Inês Valadão', roles: ['judge'] }],
  },
  {
    id: 'ie-authority',
    name: 'Central Authority for Mutual Assistance',
    country: 'IE',
    zone: 'Europe/Dublin',
    kind: 'authority',
    powers: [{ procedure: 'eu.epoc', seat: 'enforcing' }],
    people: [{ id: 'officer-1', name: 'Niamh Keane', roles: ['enforcing_officer'] }],
  },
  {
    id: 'ie-skymail',
    name: 'Skymail Cloud Ltd',
    country: 'IE',
    zone: 'Europe/Dublin',
    kind: 'provider',
    powers: [{ procedure: 'eu.epoc', seat: 'provider' }],
    people: [
      { id: 'analyst-1', name: 'Oisín Brady', roles: ['analyst'] },
      { id: 'reviewer-1', name: 'Sadhbh Lynch', roles: ['reviewer'] },
    ],
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
    powers: [],
    people: [{ id: 'presider-1', name: 'Luc Favre', roles: ['presider'] }],
  },
];

const clear: TransferFacts = {
  'importer.kind': 'company',
  'importer.designations': [],
  'importer.roles': ['processor', 'hosting'],
  'importer.schemes': [],
};

function seated(country: Country, concernShare: number): TransferFacts {
  return {
    ...clear,
    'importer.country': country,
    'importer.headquarters': country,
    'importer.location': country,
    'flow.storage.country': country,
    'importer.ownership.concern_share': concernShare,
    'importer.ownership.adversary_share': concernShare,
  };
}

/** What is known of each vendor, and of the hospital's claims: facts for the assessment, as the vendors' files and the dataset's scan give them. */
export const FACT_CARDS: Readonly<Record<string, TransferFacts>> = {
  'cn-vendor': seated('CN', 1),
  'in-vendor': seated('IN', 0),
  'pr-vendor': seated('PR', 0),
  'dataset:claims': {
    'exporter.country': 'US',
    'exporter.region': 'US-NY',
    'exporter.location': 'US',
    'exporter.kind': 'company',
    'exporter.sectors': ['healthcare'],
    'exporter.roles': ['covered_entity', 'controller'],
    'exporter.targets': [],
    'exporter.knowledge_attested': true,
    'data.categories': ['personal', 'health', 'identifiers'],
    'data.identifiers': ['study_code', 'zip3', 'account_number'],
    'data.form': 'pseudonymised',
    'data.subjects.kinds': ['patients'],
    'data.subjects.residence': ['US'],
    'data.us_people_12m.financial': 0,
    'data.us_people_12m.genomic': 0,
    'data.us_people_12m.omic': 0,
    'data.us_people_12m.biometric': 0,
    'data.us_people_12m.geolocation': 0,
    'data.collected_in': ['US'],
    'data.marketed_as': 'general',
    'data.code_derivation': 'derived',
    'flow.access': 'send',
    'flow.visibility': 'pseudonymised',
    'flow.initiated_by': 'exporter',
    'flow.recurrence': 'systematic',
    'flow.consideration': true,
    transaction: 'vendor_agreement',
    relationship: 'vendor',
    purpose: 'analytics',
    'purpose.evasion_attested': false,
    'purpose.federal_grant': 'none',
    'onward.to': ['none'],
    'onward.countries': [],
    'onward.directed_attested': false,
    // None is held and none is sought: a licence is no way out here.
    'procedure.approvals': [],
    safeguards: ['minimised', 'security_measures', 'alternative_controls'],
  },
};
