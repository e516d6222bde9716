import type { ScanRegime } from './regimes.ts';

/** What a number of a country is for. The words of the catalogues follow it. */
export type NationalKind = 'person' | 'tax' | 'health' | 'social' | 'licence' | 'passport' | 'practitioner' | 'company';

interface NationalFacts {
  readonly identifying: true;
  readonly country: string;
  readonly kind: NationalKind;
  /** The number's own name, as people there write it. */
  readonly named: string;
  readonly regimes: readonly ScanRegime[];
}

const PERSONAL = ['national-id', 'gdpr:art87', 'us-dsp:identifiers'] as const;
const REGIMES: Readonly<Record<NationalKind, readonly ScanRegime[]>> = {
  person: ['hipaa:R', ...PERSONAL],
  tax: ['hipaa:R', 'glba:npi', ...PERSONAL],
  health: ['hipaa:I', 'gdpr:art9', ...PERSONAL],
  social: ['hipaa:G', 'glba:npi', ...PERSONAL],
  licence: ['hipaa:K', 'gdpr:personal', 'us-dsp:identifiers'],
  passport: ['hipaa:K', 'gdpr:personal', 'us-dsp:identifiers'],
  practitioner: ['hipaa:K', 'gdpr:personal'],
  company: [],
};

function of(country: string, kind: NationalKind, named: string): NationalFacts {
  return { identifying: true, country, kind, named, regimes: REGIMES[kind] };
}

/** Numbers that a country gives to people, practitioners and companies. Names and shapes are facts from memory, checked against public examples. */
export const NATIONAL_CLASSES = {
  'us-ssn': of('US', 'social', 'SSN'),
  'us-itin': of('US', 'tax', 'ITIN'),
  'us-ein': of('US', 'company', 'EIN'),
  'us-npi': of('US', 'practitioner', 'NPI'),
  'us-mbi': of('US', 'health', 'MBI'),
  'us-dea': of('US', 'practitioner', 'DEA'),
  'ca-sin': of('CA', 'social', 'SIN'),
  'uk-nino': of('GB', 'social', 'NINO'),
  'uk-nhs': of('GB', 'health', 'NHS'),
  'uk-driving-licence': of('GB', 'licence', 'DVLA'),
  'fr-nir': of('FR', 'social', 'NIR'),
  'de-idnr': of('DE', 'tax', 'IdNr'),
  'de-svnr': of('DE', 'social', 'RVNR'),
  'de-kvnr': of('DE', 'health', 'KVNR'),
  'de-lanr': of('DE', 'practitioner', 'LANR'),
  'de-passport': of('DE', 'passport', 'Reisepass'),
  'es-dni': of('ES', 'person', 'DNI'),
  'es-nie': of('ES', 'person', 'NIE'),
  'it-codice-fiscale': of('IT', 'tax', 'Codice fiscale'),
  'it-partita-iva': of('IT', 'company', 'Partita IVA'),
  'pl-pesel': of('PL', 'person', 'PESEL'),
  'in-aadhaar': of('IN', 'person', 'Aadhaar'),
  'in-pan': of('IN', 'tax', 'PAN'),
  'in-gstin': of('IN', 'company', 'GSTIN'),
  'cn-ric': of('CN', 'person', '身份证'),
  'br-cpf': of('BR', 'tax', 'CPF'),
  'br-cnpj': of('BR', 'company', 'CNPJ'),
  'au-tfn': of('AU', 'tax', 'TFN'),
  'au-medicare': of('AU', 'health', 'Medicare'),
  'au-abn': of('AU', 'company', 'ABN'),
  'au-acn': of('AU', 'company', 'ACN'),
  'kr-rrn': of('KR', 'person', 'RRN'),
  'kr-frn': of('KR', 'person', 'FRN'),
  'kr-brn': of('KR', 'company', 'BRN'),
  'jp-my-number': of('JP', 'person', 'My Number'),
  'nl-bsn': of('NL', 'person', 'BSN'),
  'be-nn': of('BE', 'person', 'NN'),
  'se-personnummer': of('SE', 'person', 'Personnummer'),
  'se-orgnr': of('SE', 'company', 'Orgnr'),
  'fi-hetu': of('FI', 'person', 'HETU'),
  'dk-cpr': of('DK', 'person', 'CPR'),
  'no-fodselsnummer': of('NO', 'person', 'Fødselsnummer'),
  'ch-ahv': of('CH', 'social', 'AHV / AVS'),
  'at-vnr': of('AT', 'social', 'VNR'),
  'pt-nif': of('PT', 'tax', 'NIF'),
  'gr-amka': of('GR', 'social', 'AMKA'),
  'cz-rc': of('CZ', 'person', 'RČ'),
  'ro-cnp': of('RO', 'person', 'CNP'),
  'bg-egn': of('BG', 'person', 'EGN'),
  'ie-pps': of('IE', 'social', 'PPS'),
  'mx-curp': of('MX', 'person', 'CURP'),
  'mx-rfc': of('MX', 'tax', 'RFC'),
  'ar-cuit': of('AR', 'tax', 'CUIT'),
  'cl-rut': of('CL', 'person', 'RUT'),
  'za-id': of('ZA', 'person', 'RSA ID'),
  'tr-kimlik': of('TR', 'person', 'TCKN'),
  'th-id': of('TH', 'person', 'TNIN'),
  'sg-nric': of('SG', 'person', 'NRIC'),
  'sg-uen': of('SG', 'company', 'UEN'),
  'hk-id': of('HK', 'person', 'HKID'),
  'my-nric': of('MY', 'person', 'MyKad'),
  'pk-cnic': of('PK', 'person', 'CNIC'),
  'ru-inn': of('RU', 'tax', 'INN'),
  'ru-snils': of('RU', 'social', 'SNILS'),
  'ua-rntrc': of('UA', 'tax', 'RNTRC'),
  'il-id': of('IL', 'person', 'Teudat Zehut'),
  'ae-id': of('AE', 'person', 'Emirates ID'),
  'tw-id': of('TW', 'person', 'ROC ID'),
  'ke-pin': of('KE', 'tax', 'PIN'),
} as const satisfies Readonly<Record<string, NationalFacts>>;

export type NationalClass = keyof typeof NATIONAL_CLASSES;
