import type { ScanClass } from '../scan/classes.ts';
import { type Detector, tryWhole } from '../scan/detector.ts';
import { detectorsFor } from '../scan/detectors/all.ts';
import type { Dice } from '../synthesise/dice.ts';

const DETECTORS = detectorsFor([]);

/** Shapes of numbers that a check guards: # any digit, A any letter, d and m and y parts of a date, other signs as they are. */
export const SHAPES: Readonly<Partial<Record<ScanClass, string>>> = {
  'us-npi': '1#########',
  'us-dea': 'BA#######',
  'ca-sin': '5## ### ###',
  'uk-nhs': '### ### ####',
  'fr-nir': '1yymm75########',
  'de-idnr': '###########',
  'de-svnr': '65ddmmyyA###',
  'de-kvnr': 'A#########',
  'de-lanr': '#########',
  'de-passport': 'C########',
  'es-dni': '########A',
  'es-nie': 'X#######A',
  'it-codice-fiscale': 'AAAAAAyyAddA###A',
  'it-partita-iva': '0##########',
  'pl-pesel': 'yymmdd#####',
  'in-aadhaar': '#### #### ####',
  'cn-ric': '11010519yymmdd####',
  'br-cpf': '###########',
  'br-cnpj': '##############',
  'au-tfn': '#########',
  'au-medicare': '2########1',
  'au-abn': '###########',
  'au-acn': '#########',
  'kr-brn': '1#########',
  'jp-my-number': '############',
  'nl-bsn': '#########',
  'be-nn': 'yymmdd#####',
  'se-personnummer': '19yymmdd-####',
  'se-orgnr': '55####-####',
  'fi-hetu': 'ddmmyy-###A',
  'no-fodselsnummer': 'ddmmyy#####',
  'ch-ahv': '756.####.####.##',
  'at-vnr': '####ddmmyy',
  'pt-nif': '2########',
  'gr-amka': 'ddmmyy#####',
  'cz-rc': 'yymmdd/####',
  'ro-cnp': '1yymmdd1#####',
  'bg-egn': 'yymmdd####',
  'ie-pps': '#######A',
  'ar-cuit': '20-########-#',
  'cl-rut': '##.###.###-#',
  'za-id': 'yymmdd####08#',
  'tr-kimlik': '###########',
  'th-id': '11###########',
  'sg-nric': 'S#######A',
  'sg-uen': '########A',
  'hk-id': 'A######(#)',
  'ru-inn': '############',
  'ru-snils': '###-###-### ##',
  'ua-rntrc': '##########',
  'il-id': '#########',
  'ae-id': '784-19yy-#######-#',
  'tw-id': 'A1########',
  imei: '35#############',
  'card-number': '4###############',
  'aba-routing': '021######',
  vin: '1AAAA##A#AA######',
  loinc: '#####-#',
  iban: 'DE####################',
};

function two(number: number): string {
  return String(number).padStart(2, '0');
}

/** A text of a shape, by lot. */
export function ofShape(shape: string, dice: Dice): string {
  return shape.replaceAll(/yy|mm|dd|#|A/g, (part) => {
    if (part === '#') return String(dice.below(10));
    if (part === 'A') return 'ABCDEFGHJKLMNPRSTUVWXYZ'[dice.below(23)] ?? 'A';
    return two(part === 'yy' ? 20 + dice.below(80) : 1 + dice.below(part === 'mm' ? 12 : 28));
  });
}

/** A number of a class that its check takes, by lot: shapes are drawn until one fits. */
export function numberOf(name: ScanClass, dice: Dice): string {
  const shape = SHAPES[name];
  if (shape === undefined) throw new Error(`no shape of ${name}`);
  const checks = checksOf(name);
  for (let i = 0; i < 100_000; i++) {
    const text = ofShape(shape, dice);
    if (checks.some((detector) => tryWhole(detector, text) === 'hit')) return text;
  }
  throw new Error(`no number of ${name} found`);
}

/** The detectors of a class that check something. */
export function checksOf(name: ScanClass): readonly Detector[] {
  return DETECTORS.filter((one) => one.class === name && one.valid !== undefined);
}
