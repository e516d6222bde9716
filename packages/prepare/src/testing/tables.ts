import type { ScanClass } from '../scan/classes.ts';
import names from '../scan/data/names.json' with { type: 'json' };
import type { Dice } from '../synthesise/dice.ts';
import { numberOf, ofShape } from './numbers.ts';

export interface TestColumn {
  readonly header: string;
  /** What it holds in truth; empty for what is nobody's. */
  readonly truth: readonly ScanClass[];
  readonly make: (dice: Dice) => string;
}

export interface TestTable {
  readonly name: string;
  readonly columns: readonly TestColumn[];
}

function pick<T>(list: readonly T[], dice: Dice): T {
  const one = list[dice.below(list.length)];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const LATIN = {
  given: names.given.filter((name) => /^[a-z]+$/.test(name)),
  surname: names.surname.filter((name) => /^[a-z]+$/.test(name)),
};

/** A given name; one in five is made up, as no list has all names. */
function given(dice: Dice): string {
  return capital(dice.below(5) === 0 ? ofShape('AAAAA', dice).toLowerCase() : pick(LATIN.given, dice));
}

function surname(dice: Dice): string {
  return capital(dice.below(5) === 0 ? ofShape('AAAAAAA', dice).toLowerCase() : pick(LATIN.surname, dice));
}

const of = (name: ScanClass) => (dice: Dice) => numberOf(name, dice);
const shape = (text: string) => (dice: Dice) => ofShape(text, dice);
const among = (list: string) => (dice: Dice) => pick(list.split('|'), dice);
const column = (header: string, truth: ScanClass | readonly ScanClass[] | null, make: (dice: Dice) => string): TestColumn => ({
  header,
  truth: truth === null ? [] : typeof truth === 'string' ? [truth] : truth,
  make,
});

const fullName = (dice: Dice): string => `${given(dice)} ${surname(dice)}`;
const email = (dice: Dice): string =>
  `${given(dice)}.${surname(dice)}@example.${pick(['org', 'com', 'net'], dice)}`.toLowerCase();
const ssn = (dice: Dice): string => `${100 + dice.below(500)}-${10 + dice.below(89)}-${1000 + dice.below(8999)}`;
const street = (dice: Dice): string =>
  `${1 + dice.below(900)} ${surname(dice)} ${pick(['Street', 'Avenue', 'Road', 'Lane'], dice)}`;

/** Tables of several countries and trades, with columns that say nothing of anybody among them. */
export const TABLES: readonly TestTable[] = [
  {
    name: 'customers, United States',
    columns: [
      column('CustomerID', 'record-number', shape('1#######')),
      column('FirstName', 'given-name', given),
      column('LastName', 'surname', surname),
      column('SSN', 'us-ssn', ssn),
      column('E-mail', 'email', email),
      column('HomePhone', 'phone', (dice) => `(415) ${200 + dice.below(700)}-${1000 + dice.below(8999)}`),
      column('Address', 'postal-address', street),
      column('City', 'city', among('New York|Chicago|Houston|Phoenix|Dallas|Boston|Seattle|Denver|Springfield|Miami')),
      column('Zip', 'postal-code', shape('9####-####')),
      column('DOB', 'birth-date', shape('mm/dd/19yy')),
      column('cc_number', 'card-number', of('card-number')),
      column('LoyaltyTier', null, among('gold|silver|bronze')),
      column('OrderCount', null, shape('##')),
    ],
  },
  {
    name: 'patients, Germany',
    columns: [
      column('Patientennummer', 'medical-record-number', shape('1######')),
      column('Nachname', 'surname', surname),
      column('Vorname', 'given-name', given),
      column('Geburtsdatum', 'birth-date', shape('dd.mm.19yy')),
      column('Geschlecht', 'gender', among('männlich|weiblich|divers')),
      column('KVNR', 'de-kvnr', of('de-kvnr')),
      column('Steuer-ID', 'de-idnr', of('de-idnr')),
      column('ICD', 'icd-10', shape('E1#.#')),
      column('PLZ', 'postal-code', shape('1####')),
      column('Straße', 'postal-address', (dice) => `${surname(dice)}straße ${1 + dice.below(200)}`),
      column('Telefon', 'phone', shape('+4930########')),
      column('Bettenzahl', null, shape('#')),
    ],
  },
  {
    name: 'staff, France',
    columns: [
      column('matricule', 'employee-number', shape('M####')),
      column('nom', 'surname', surname),
      column('prénom', 'given-name', given),
      column('num_secu', 'fr-nir', of('fr-nir')),
      column('IBAN', 'iban', of('iban')),
      column('courriel', 'email', email),
      column('salaire', 'income', shape('3####')),
      column('syndicat', 'union-membership', among('CGT|CFDT|UNSA')),
      column("date d'embauche", 'date', shape('20##-mm-dd')),
      column('code_poste', null, among('A1|A2|B1|B2|C3')),
    ],
  },
  {
    name: 'clients, Brazil',
    columns: [
      column('nome', ['given-name', 'person-name'], fullName),
      column('cpf', 'br-cpf', of('br-cpf')),
      column('celular', 'phone', shape('+55119########')),
      column('data_nascimento', 'birth-date', shape('dd/mm/19yy')),
      column('raça', 'race-ethnicity', among('branco|preto|pardo|indígena')),
      column('cidade', 'city', among('São Paulo|Rio de Janeiro|Brasília|Salvador|Fortaleza|Recife|Manaus|Curitiba')),
      column('quantidade', null, shape('##')),
    ],
  },
  {
    name: 'citizens, India and China',
    columns: [
      column('Aadhaar No', 'in-aadhaar', of('in-aadhaar')),
      column('PAN', 'in-pan', shape('AAAPA####A')),
      column('身份证号码', 'cn-ric', of('cn-ric')),
      column(
        '姓名',
        'person-name',
        (dice) => `${pick([...'王李张刘陈杨黄赵吴周'], dice)}${pick([...'伟芳娜敏静强磊军洋勇'], dice)}`,
      ),
      column('性别', 'gender', among('男|女')),
      column('手机号', 'phone', shape('+86138########')),
      column('धर्म', 'religion', among('Hindu|Muslim|Sikh|Christian')),
    ],
  },
  {
    name: 'offenders, Spain, Italy and Poland',
    columns: [
      column('DNI', 'es-dni', of('es-dni')),
      column('codice fiscale', 'it-codice-fiscale', of('it-codice-fiscale')),
      column('PESEL', 'pl-pesel', of('pl-pesel')),
      column('delito', 'criminal-record', among('robo|hurto|homicidio|estafa')),
      column('docket_no', 'case-number', (dice) => `${1 + dice.below(9)}:${10 + dice.below(15)}-cr-${ofShape('#####', dice)}`),
      column('estado civil', 'marital-status', among('soltero|casada|viudo|divorciada')),
      column('turno', null, among('mañana|tarde|noche')),
    ],
  },
  {
    name: 'traffic of a network',
    columns: [
      column('src_ip', 'ip-address', (dice) => `10.${dice.below(255)}.${dice.below(255)}.${dice.below(255)}`),
      column(
        'ipv6',
        'ip-address',
        (dice) => `2001:db8::${(1 + dice.below(60_000)).toString(16)}:${(1 + dice.below(60_000)).toString(16)}`,
      ),
      column('mac', 'mac-address', (dice) => Array.from({ length: 6 }, () => (16 + dice.below(239)).toString(16)).join(':')),
      column('imei', 'imei', of('imei')),
      column('url', 'url', (dice) => `https://www.example.org/${ofShape('AAAA', dice).toLowerCase()}`),
      column(
        'cell_location',
        'coordinates',
        (dice) => `${dice.below(80)}.${ofShape('1####', dice)}, ${dice.below(170)}.${ofShape('1####', dice)}`,
      ),
      column('event_time', 'date', shape('20##-mm-ddT1#:2#:3#Z')),
      column('bytes', null, shape('#####')),
      column('port', null, among('80|443|22|53|8080')),
    ],
  },
  {
    name: 'samples and controlled parts',
    columns: [
      column('rsid', 'genomic-variant', shape('rs1######')),
      column('blood_group', 'blood-type', among('A+|A-|B+|B-|O+|O-|AB+')),
      column('loinc', 'loinc', of('loinc')),
      column('npi', 'us-npi', of('us-npi')),
      column('mbi', 'us-mbi', (dice) => `1EG4-TE5-MK${10 + dice.below(89)}`),
      column('eccn', 'eccn', among('5A002.a|3A001.b|9E003.a|5D002|1C350')),
      column('vin', 'vin', of('vin')),
      column('wallet', 'crypto-address', (dice) => `0x${Array.from({ length: 40 }, () => dice.below(16).toString(16)).join('')}`),
      column('lot', null, shape('L-####')),
      column('weight_g', null, shape('1#.#')),
    ],
  },
];

/** CSV text of a table, the same for the same seed; without its own names the columns are a, b, c. */
export function textOfTable(table: TestTable, rows: number, named: { readonly dice: Dice; readonly headers: boolean }): string {
  const quote = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const heads = table.columns.map((one, i) => (named.headers ? one.header : `x${String.fromCodePoint(97 + i)}q`));
  const lines = Array.from({ length: rows }, () => table.columns.map((one) => quote(one.make(named.dice))).join(','));
  return `${heads.map(quote).join(',')}\n${lines.join('\n')}\n`;
}
