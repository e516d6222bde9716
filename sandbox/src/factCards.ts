import type { Country, TransferFacts } from '@comity/assess';

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
    'data.identifiers': ['study_code', 'zip3', 'account_number', 'demographic'],
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
