import type { Doubt, DraftField, DraftValue } from './draft.ts';
import { findTimes } from './find-times.ts';
import { firstMatches } from './matches.ts';

/** How many values are proposed at most: a clerk who is shown thousands compares none. */
export const MOST_VALUES = 300;

interface Pattern {
  readonly field: DraftField;
  readonly pattern: RegExp;
  readonly reads?: string;
  readonly doubts?: (value: string) => readonly Doubt[];
}

/**
 * Patterns of what a program can find in running text. None of them is for necessity or proportionality: that is for persons alone. What an identifier means, which data are wanted of it, and for which
 * period, the clerk says.
 */
const PATTERNS: readonly Pattern[] = [
  {
    field: 'identifier',
    reads: 'email',
    pattern:
      /[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+/g,
  },
  { field: 'identifier', reads: 'mac_address', pattern: /\b(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}\b/g },
  {
    field: 'identifier',
    reads: 'ip_address',
    pattern: /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.]*\d)/g,
  },
  {
    field: 'identifier',
    reads: 'ip_address',
    pattern:
      /(?<![0-9A-Fa-f:])(?=[0-9A-Fa-f:]*::|(?:[0-9A-Fa-f]{1,4}:){7})[0-9A-Fa-f]{1,4}(?::{1,2}[0-9A-Fa-f]{1,4}){1,7}(?![0-9A-Fa-f:])/g,
  },
  { field: 'identifier', reads: 'phone', pattern: /(?<![\w+])\+[1-9](?:[ ().-]?\d){6,14}(?!\d)/g },
  { field: 'identifier', reads: 'imei', pattern: /(?<!\d)\d{15}(?!\d)/g, doubts: (value) => (isLuhn(value) ? [] : ['checksum']) },
  {
    field: 'reference',
    pattern:
      /(?<=(?:reference|our ref\.?|file (?:no\.?|number)|aktenzeichen|az\.?|geschäftszeichen|référence|n[°º] de dossier|processo(?: n\.?[°º])?|expediente|sygn\.?(?: akt)?)\s*:\s*)[^\n]{2,80}/gi,
  },
  {
    field: 'deadline',
    pattern:
      /(?<=(?:deadline|no later than|frist|bis spätestens|délai|au plus tard le|prazo|a más tardar el)\s*:?\s*)[^\n]{2,60}/gi,
    doubts: () => ['meaning'],
  },
  {
    field: 'legal-basis',
    pattern:
      /\b(?:Regulation|Règlement|Verordnung|Reglamento|Regulamento|Directive|Richtlinie)\s+\((?:EU|UE)\)\s*(?:No\.?\s*|Nr\.?\s*|n[°º]\s*)?\d{4}\/\d{1,4}|\b\d{2}\s+U\.?S\.?C\.?\s+§+\s*\d+[a-z]?|§{1,2}\s*\d+[a-z]?(?:\s+(?:Abs\.|Absatz)\s*\d+)?\s+[A-ZÄÖÜ][A-Za-z]{1,8}/g,
  },
  {
    field: 'emergency',
    pattern:
      /\b(?:emergency|imminent (?:threat|danger)|danger to life|urgence(?: vitale)?|danger imminent|gefahr im verzug|lebensgefahr|perigo iminente|peligro inminente)\b/gi,
    doubts: () => ['meaning'],
  },
  {
    field: 'data',
    reads: 'subscriber',
    pattern:
      /\b(?:subscriber (?:data|information)|bestandsdaten|données (?:relatives aux abonnés|d’abonnés?)|dados de assinantes?|datos de los abonados)\b/gi,
    doubts: () => ['meaning'],
  },
  {
    field: 'data',
    reads: 'traffic',
    pattern: /\b(?:traffic data|verkehrsdaten|données (?:relatives au )?trafic|dados de tráfego|datos de tráfico)\b/gi,
    doubts: () => ['meaning'],
  },
  {
    field: 'data',
    reads: 'content',
    pattern: /\b(?:content data|inhaltsdaten|données (?:relatives au |de )?contenu|dados de conteúdo|datos de contenido)\b/gi,
    doubts: () => ['meaning'],
  },
];

/** Values that a program reads out of running text, each with its place, in their order there, and whether there were more than are shown. */
export function findValues(text: string): { readonly values: readonly DraftValue[]; readonly more: boolean } {
  const found = [...PATTERNS.flatMap((one) => matches(text, one)), ...findTimes(text)].sort((a, b) => fromOf(a) - fromOf(b));
  const apart = found.filter((value, index) => !found.slice(0, index).some((other) => covers(other, value)));
  return { values: apart.slice(0, MOST_VALUES), more: apart.length > MOST_VALUES };
}

function matches(text: string, { field, pattern, reads, doubts }: Pattern): readonly DraftValue[] {
  return firstMatches(text, pattern, MOST_VALUES + 1).map((match): DraftValue => {
    const value = match[0].trim();
    const from = match.index + match[0].indexOf(value);
    return {
      ...{ field, value, by: 'machine' },
      ...(reads === undefined ? {} : { reads }),
      place: { kind: 'text', from, to: from + value.length },
      doubts: doubts?.(value) ?? [],
    };
  });
}

function fromOf({ place }: DraftValue): number {
  return place.kind === 'text' ? place.from : 0;
}

/** Whether an earlier find of the same kind holds this one: an address within an address is not a second one. */
function covers(other: DraftValue, value: DraftValue): boolean {
  if (other.place.kind !== 'text' || value.place.kind !== 'text') return false;
  const within = other.place.from <= value.place.from && value.place.to <= other.place.to;
  return within && other.field === value.field;
}

/** ISO/IEC 7812 check digit, which an IMEI has (3GPP TS 23.003 annex B). */
function isLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
