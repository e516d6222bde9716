import { digitsOf } from '../checksums.ts';
import type { Detector } from '../detector.ts';
import type { NationalClass } from '../nationalClasses.ts';
import * as check from './nationalChecks.ts';
import { byStdnum } from './stdnum.ts';

type Row = readonly [
  NationalClass,
  pattern: string,
  valid: ((text: string) => boolean) | undefined,
  chance: number,
  needs?: Detector['needs'],
];

/** Nine digits in three groups, and others that several countries write alike. */
const N9 = '\\d{3}[ -]?\\d{3}[ -]?\\d{3}';
const N10 = '\\d{10}';
const N11 = '\\d{11}';
const DATE6 = '\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])';
const DAY6 = '(?:0[1-9]|[12]\\d|3[01])(?:0[1-9]|1[0-2])\\d{2}';

const partitaIva = byStdnum('IT', 'iva');
const rut = byStdnum('CL', 'rut');

/** Numbers by country. The fourth field is how many strings of the shape fit by chance. */
const ROWS: readonly Row[] = [
  ['us-ssn', '\\d{3}-\\d{2}-\\d{4}', check.ssn, 0.01, 'nothing'],
  ['us-ssn', '\\d{3}([ .])\\d{2}\\1\\d{4}|\\d{9}', check.ssn, 0.85, 'context'],
  ['us-itin', '9\\d{2}-(?:5\\d|6[0-5]|7\\d|8[0-8]|9[0-24-9])-\\d{4}', undefined, 0.01, 'nothing'],
  ['us-itin', '9\\d{2}[ -]?(?:5\\d|6[0-5]|7\\d|8[0-8]|9[0-24-9])[ -]?\\d{4}', undefined, 0.05, 'context'],
  ['us-ein', '\\d{2}-?\\d{7}', byStdnum('US', 'ein'), 0.8, 'context'],
  ['us-npi', '[12]\\d{3}-?\\d{3}-?\\d{3}', check.npi, 0.02],
  ['us-mbi', check.MBI, undefined, 1e-4, 'nothing'],
  ['us-dea', '[A-HJ-NP-UX][A-Z9]\\d{7}', check.dea, 0.1],
  ['ca-sin', '[1-79]\\d{2}[ -]?\\d{3}[ -]?\\d{3}', check.sin, 0.08],
  ['uk-nino', check.NINO, check.nino, 0.05],
  ['uk-nhs', '\\d{3}[ -]?\\d{3}[ -]?\\d{4}', check.nhs, 0.09],
  ['uk-driving-licence', check.DVLA, undefined, 1e-4, 'nothing'],
  [
    'fr-nir',
    '[12378] ?\\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\\d) ?(?:\\d{2}|2[AB]) ?\\d{3} ?\\d{3} ?\\d{2}',
    byStdnum('FR', 'nir'),
    0.006,
    'nothing',
  ],
  ['de-idnr', '[1-9]\\d[ ]?\\d{3}[ ]?\\d{3}[ ]?\\d{3}', check.idnr, 0.03],
  ['de-svnr', '\\d{2} ?(?:0[1-9]|[12]\\d|3[01]|[4-9]\\d)(?:0[1-9]|1[0-2])\\d{2} ?[A-Z] ?\\d{2}\\d', check.svnr, 0.1],
  ['de-kvnr', '[A-Z]\\d{9}', check.kvnr, 0.1],
  ['de-lanr', '\\d{9}', check.lanr, 0.1, 'context'],
  ['de-passport', '[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{7}\\d\\d', byStdnum('DE', 'passport'), 0.1, 'context'],
  ['de-passport', '[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{7}\\d', check.passportDe, 0.1],
  ['es-dni', '\\d{7,8}[ -]?[A-Z]', check.dni, 0.044],
  ['es-nie', '[XYZ]-?\\d{7}[ -]?[A-Z]', check.nie, 0.044, 'nothing'],
  ['it-codice-fiscale', check.CODICE, check.codice, 0.04, 'nothing'],
  ['it-partita-iva', '\\d{8}[ _-]?\\d{3}', (text) => partitaIva(digitsOf(text)), 0.01],
  ['pl-pesel', '\\d{2}(?:[02468][1-9]|[13579][0-2])(?:0[1-9]|[12]\\d|3[01])\\d{5}', byStdnum('PL', 'pesel'), 0.1],
  ['in-aadhaar', '[2-9]\\d{3}([ :-]?)\\d{4}\\1\\d{4}', check.aadhaar, 0.1],
  ['in-pan', '[A-Z]{3}[ABCFGHJLPT][A-Z]\\d{4}[A-Z]', undefined, 1e-3, 'nothing'],
  ['in-gstin', '(?:0[1-9]|[12]\\d|3[0-8])[A-Z]{5}\\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]', undefined, 1e-4, 'nothing'],
  ['cn-ric', '[1-9]\\d{5}(?:18|19|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{3}[\\dX]', check.ric, 0.09, 'nothing'],
  ['br-cpf', '\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}', byStdnum('BR', 'cpf'), 0.01, 'nothing'],
  ['br-cpf', N11, byStdnum('BR', 'cpf'), 0.01],
  ['br-cnpj', '\\d{2}\\.?\\d{3}\\.?\\d{3}/?\\d{4}-?\\d{2}', byStdnum('BR', 'cnpj'), 0.01],
  ['au-tfn', '\\d{3} ?\\d{3} ?\\d{2,3}', check.tfn, 0.09],
  ['au-medicare', '[2-6]\\d{3} ?\\d{5} ?\\d', check.medicare, 0.1],
  ['au-abn', '[1-9]\\d ?\\d{3} ?\\d{3} ?\\d{3}', byStdnum('AU', 'abn'), 0.011],
  ['au-acn', '\\d{3} ?\\d{3} ?\\d{3}', byStdnum('AU', 'acn'), 0.1],
  ['kr-rrn', `${DATE6}-?[1-4]\\d{6}`, check.rrn, 0.05],
  // Since October 2020 the last six digits are drawn by lot: only the date and the digit of sex and century are left to check.
  ['kr-rrn', '\\d{6}-?\\d{7}', check.rrnOfLot, 0.015],
  ['kr-frn', `${DATE6}-?[5-8]\\d{6}`, check.frn, 0.05],
  ['kr-frn', '\\d{6}-?\\d{7}', check.frnOfLot, 0.015],
  ['kr-brn', '\\d{3}-?\\d{2}-?\\d{5}', byStdnum('KR', 'brn'), 0.1],
  ['jp-my-number', '\\d{4}[ -]?\\d{4}[ -]?\\d{4}', check.myNumber, 0.1],
  ['nl-bsn', N9, byStdnum('NL', 'bsn'), 0.09],
  ['be-nn', `${DATE6}(?:-?\\d{3}\\.?\\d{2})|\\d{2}\\.\\d{2}\\.\\d{2}-\\d{3}\\.\\d{2}`, check.beNn, 0.02],
  ['se-personnummer', '(?:18|19|20)?\\d{6}[-+]?\\d{4}', check.personnummer, 0.035],
  ['se-orgnr', '\\d{2}[2-9]\\d{3}-?\\d{4}', byStdnum('SE', 'orgnr'), 0.1],
  ['fi-hetu', '(?:0[1-9]|[12]\\d|3[01])(?:0[1-9]|1[0-2])\\d{2}[-+A-FU-Y]\\d{3}[0-9A-Y]', check.hetu, 0.03, 'nothing'],
  ['dk-cpr', `${DAY6}-\\d{4}`, undefined, 0.04],
  ['dk-cpr', `${DAY6}\\d{4}`, undefined, 0.04, 'context'],
  ['no-fodselsnummer', '(?:[04][1-9]|[1256]\\d|[37][01])(?:[0-9]{2})\\d{2} ?\\d{5}', byStdnum('NO', 'fodselsnummer'), 0.008],
  ['ch-ahv', '756\\.?\\d{4}\\.?\\d{4}\\.?\\d{2}', byStdnum('CH', 'ssn'), 0.1, 'nothing'],
  ['at-vnr', `[1-9]\\d{3} ?${DAY6}`, byStdnum('AT', 'vnr'), 0.1],
  ['pt-nif', '[12356789]\\d{2} ?\\d{3} ?\\d{3}', byStdnum('PT', 'nif'), 0.1],
  ['gr-amka', `${DAY6}\\d{5}`, byStdnum('GR', 'amka'), 0.1],
  ['cz-rc', '\\d{2}(?:[0257]\\d|[1368][0-2])(?:0[1-9]|[12]\\d|3[01])/?\\d{3,4}', check.rodneCislo, 0.09],
  ['ro-cnp', `[1-9]${DATE6}\\d{6}`, byStdnum('RO', 'cnp'), 0.1],
  ['bg-egn', '\\d{2}(?:[024][1-9]|[135][0-2])(?:0[1-9]|[12]\\d|3[01])\\d{4}', byStdnum('BG', 'egn'), 0.1],
  ['ie-pps', '\\d{7}[A-W][A-IW]?', byStdnum('IE', 'pps'), 0.045],
  ['mx-curp', '[A-Z]{4}\\d{6}[HMX][A-Z]{5}[0-9A-Z]\\d', undefined, 1e-5, 'nothing'],
  ['mx-rfc', '[A-ZÑ&]{4}\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])[A-Z0-9]{3}', undefined, 1e-3],
  ['ar-cuit', '(?:2[03457]|3[034])-?\\d{8}-?\\d', byStdnum('AR', 'cuit'), 0.1],
  ['cl-rut', '\\d{1,2}\\.?\\d{3}\\.?\\d{3}-[\\dK]', (text) => rut(text.replaceAll('.', '')), 0.09],
  ['za-id', `${DATE6}\\d{4}[01][89]\\d`, check.zaId, 0.1],
  ['tr-kimlik', '[1-9]\\d{10}', check.kimlik, 0.01],
  ['th-id', '[1-8]-?\\d{4}-?\\d{5}-?\\d{2}-?\\d', check.thId, 0.1],
  ['sg-nric', '[STFGM]\\d{7}[A-Z]', check.nric, 0.05, 'nothing'],
  ['sg-uen', '\\d{8}[A-Z]|(?:18|19|20)\\d{7}[A-Z]|[RST]\\d{2}[A-Z]{2}\\d{4}[A-Z]', byStdnum('SG', 'uen'), 0.05],
  ['hk-id', '[A-Z]{1,2}\\d{6}\\(?[0-9A]\\)?', byStdnum('HK', 'hkid'), 0.09],
  ['my-nric', `${DATE6}-?(?:0[1-9]|[1-8]\\d)-?\\d{4}`, byStdnum('MY', 'nric'), 0.7, 'context'],
  ['pk-cnic', '[1-7]\\d{4}-\\d{7}-[1-9]', undefined, 1e-3, 'nothing'],
  ['ru-inn', '\\d{12}|\\d{10}', check.inn, 0.05],
  ['ru-snils', '\\d{3}[ -]?\\d{3}[ -]?\\d{3}[ -]?\\d{2}', check.snils, 0.01],
  ['ua-rntrc', N10, byStdnum('UA', 'rntrc'), 0.1],
  ['il-id', N9, byStdnum('IL', 'idnr'), 0.1],
  ['ae-id', '784-?(?:19|20)\\d{2}-?\\d{7}-?\\d', check.emirates, 0.1, 'nothing'],
  ['tw-id', '[A-Z][1289]\\d{8}', byStdnum('TW', 'natid'), 0.1],
  ['ke-pin', '[AP]\\d{9}[A-Z]', undefined, 0.01, 'context'],
];

const GLUED: readonly NationalClass[] = ['fi-hetu', 'se-personnummer'];

/** Numbers that countries give, with their check digits. */
export const NATIONAL: readonly Detector[] = ROWS.map(([name, pattern, valid, chance, needs]) => ({
  class: name,
  pattern,
  chance,
  needs: needs ?? 'statistics',
  // A letter or digit ends these, and people write words right before them.
  ...(GLUED.includes(name) ? { edge: '\\p{N}' } : {}),
  ...(valid === undefined ? {} : { valid, validator: name }),
}));
