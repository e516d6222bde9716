import { NATIONAL_CLASSES, type NationalClass } from './nationalClasses.ts';
import type { ScanRegime } from './regimes.ts';

export interface ClassFacts {
  /** Whether values of this class, alone or with others, tell who somebody is. */
  readonly identifying: boolean;
  readonly regimes: readonly ScanRegime[];
  /** Country that gives numbers of this class, ISO 3166-1. */
  readonly country?: string;
}

const CONTACT = ['gdpr:personal', 'glba:npi', 'us-dsp:identifiers'] as const;
const DEVICE = ['hipaa:M', 'gdpr:personal', 'us-dsp:identifiers'] as const;
const ACCOUNT = ['hipaa:J', 'gdpr:personal', 'glba:npi', 'us-dsp:identifiers', 'us-dsp:financial'] as const;
const CARD = ['pci', 'glba:npi', 'us-dsp:financial'] as const;
const HEALTH = ['gdpr:art9', 'us-dsp:health'] as const;
const CRIME = ['criminal', 'gdpr:art10'] as const;

const GENERAL = {
  'person-name': { identifying: true, regimes: ['hipaa:A', ...CONTACT] },
  'given-name': { identifying: true, regimes: ['hipaa:A', ...CONTACT] },
  surname: { identifying: true, regimes: ['hipaa:A', ...CONTACT] },
  email: { identifying: true, regimes: ['hipaa:F', ...CONTACT] },
  phone: { identifying: true, regimes: ['hipaa:D', ...CONTACT] },
  fax: { identifying: true, regimes: ['hipaa:E', ...CONTACT] },
  'postal-address': { identifying: true, regimes: ['hipaa:B', ...CONTACT] },
  city: { identifying: true, regimes: ['hipaa:B', 'gdpr:personal'] },
  'postal-code': { identifying: true, regimes: ['hipaa:B', ...CONTACT] },
  coordinates: { identifying: true, regimes: ['hipaa:B', 'gdpr:personal', 'us-dsp:geolocation'] },
  country: { identifying: false, regimes: [] },
  username: { identifying: true, regimes: ['hipaa:R', 'gdpr:personal', 'us-dsp:identifiers'] },
  password: { identifying: true, regimes: ['glba:npi', 'us-dsp:identifiers'] },
  url: { identifying: true, regimes: ['hipaa:N', 'gdpr:personal'] },
  'ip-address': { identifying: true, regimes: ['hipaa:O', 'gdpr:personal', 'us-dsp:identifiers'] },
  'mac-address': { identifying: true, regimes: DEVICE },
  imei: { identifying: true, regimes: DEVICE },
  imsi: { identifying: true, regimes: DEVICE },
  'device-id': { identifying: true, regimes: DEVICE },
  'advertising-id': { identifying: true, regimes: ['hipaa:R', 'gdpr:personal', 'us-dsp:identifiers'] },
  'cookie-id': { identifying: true, regimes: ['hipaa:R', 'gdpr:personal', 'us-dsp:identifiers'] },
  'licence-plate': { identifying: true, regimes: ['hipaa:L', 'gdpr:personal'] },
  vin: { identifying: true, regimes: ['hipaa:L', 'gdpr:personal'] },
  photo: { identifying: true, regimes: ['hipaa:Q', 'gdpr:personal', 'us-dsp:biometric'] },
  'biometric-id': { identifying: true, regimes: ['hipaa:P', 'gdpr:art9', 'us-dsp:biometric'] },
  'birth-date': { identifying: true, regimes: ['hipaa:C', ...CONTACT] },
  'death-date': { identifying: true, regimes: ['hipaa:C'] },
  date: { identifying: true, regimes: ['hipaa:C'] },
  age: { identifying: true, regimes: ['hipaa:C', 'gdpr:personal'] },
  'passport-number': { identifying: true, regimes: ['hipaa:K', 'gdpr:personal', 'us-dsp:identifiers'] },
  'driving-licence': { identifying: true, regimes: ['hipaa:K', 'gdpr:personal', 'glba:npi', 'us-dsp:identifiers'] },
  'national-number': { identifying: true, regimes: ['national-id', 'gdpr:art87', 'us-dsp:identifiers'] },
  'tax-number': { identifying: true, regimes: ['national-id', 'gdpr:personal', 'glba:npi', 'us-dsp:identifiers'] },
  'certificate-number': { identifying: true, regimes: ['hipaa:K', 'gdpr:personal'] },
  'employee-number': { identifying: true, regimes: ['hipaa:R', 'gdpr:personal'] },
  'record-number': { identifying: true, regimes: ['hipaa:R', 'gdpr:personal'] },
  'account-number': { identifying: true, regimes: ACCOUNT },
  iban: { identifying: true, regimes: ACCOUNT },
  bic: { identifying: false, regimes: ['glba:npi'] },
  'aba-routing': { identifying: false, regimes: ['glba:npi'] },
  'crypto-address': { identifying: true, regimes: ACCOUNT },
  'card-number': { identifying: true, regimes: ['hipaa:J', ...CARD, 'us-dsp:identifiers'] },
  'card-security-code': { identifying: false, regimes: ['pci', 'us-dsp:identifiers'] },
  'card-expiry': { identifying: false, regimes: ['pci'] },
  'card-track': { identifying: true, regimes: [...CARD, 'us-dsp:identifiers'] },
  income: { identifying: false, regimes: ['glba:npi', 'us-dsp:financial', 'gdpr:personal'] },
  'credit-score': { identifying: false, regimes: ['glba:npi', 'us-dsp:financial', 'gdpr:personal'] },
  'medical-record-number': { identifying: true, regimes: ['hipaa:H', ...HEALTH] },
  'health-plan-number': { identifying: true, regimes: ['hipaa:I', 'gdpr:art9', 'us-dsp:identifiers'] },
  'icd-10': { identifying: false, regimes: HEALTH },
  ndc: { identifying: false, regimes: HEALTH },
  'cpt-hcpcs': { identifying: false, regimes: HEALTH },
  loinc: { identifying: false, regimes: HEALTH },
  'health-condition': { identifying: false, regimes: HEALTH },
  'blood-type': { identifying: false, regimes: HEALTH },
  'genomic-variant': { identifying: true, regimes: ['hipaa:R', 'gdpr:art9', 'us-dsp:genomic'] },
  'dna-sequence': { identifying: true, regimes: ['hipaa:R', 'gdpr:art9', 'us-dsp:genomic'] },
  omics: { identifying: true, regimes: ['gdpr:art9', 'us-dsp:omic'] },
  gender: { identifying: true, regimes: ['gdpr:personal'] },
  'race-ethnicity': { identifying: true, regimes: ['gdpr:art9'] },
  religion: { identifying: true, regimes: ['gdpr:art9'] },
  'union-membership': { identifying: true, regimes: ['gdpr:art9'] },
  'political-opinion': { identifying: true, regimes: ['gdpr:art9'] },
  'sexual-orientation': { identifying: true, regimes: ['gdpr:art9'] },
  'marital-status': { identifying: true, regimes: ['gdpr:personal'] },
  nationality: { identifying: true, regimes: ['gdpr:personal'] },
  occupation: { identifying: true, regimes: ['gdpr:personal'] },
  'criminal-record': { identifying: true, regimes: CRIME },
  'case-number': { identifying: true, regimes: ['criminal', 'hipaa:R'] },
  'prisoner-number': { identifying: true, regimes: [...CRIME, 'hipaa:R'] },
  'fbi-number': { identifying: true, regimes: [...CRIME, 'hipaa:R'] },
  'warrant-number': { identifying: true, regimes: [...CRIME, 'hipaa:R'] },
  eccn: { identifying: false, regimes: ['export'] },
  'usml-category': { identifying: false, regimes: ['export'] },
  'export-marking': { identifying: false, regimes: ['export'] },
  'distribution-statement': { identifying: false, regimes: ['export'] },
  'free-text': { identifying: true, regimes: [] },
} as const satisfies Readonly<Record<string, ClassFacts>>;

export type ScanClass = keyof typeof GENERAL | NationalClass;

/** Everything that a scan can find, with the rules each class belongs to. */
export const CLASS_FACTS: Readonly<Record<ScanClass, ClassFacts>> = { ...GENERAL, ...NATIONAL_CLASSES };

// The keys are those of the type; Object.keys forgets that.
/** The closed list of classes. */
export const SCAN_CLASSES = Object.keys(CLASS_FACTS) as readonly ScanClass[];

/** Whether a text names a class. */
export function isScanClass(text: string): text is ScanClass {
  return Object.hasOwn(CLASS_FACTS, text);
}

/** What a class is: whether it identifies, and the rules it belongs to. */
export function factsOfClass(name: ScanClass): ClassFacts {
  return CLASS_FACTS[name];
}
