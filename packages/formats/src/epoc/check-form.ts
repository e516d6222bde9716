import { isDay, isZone } from '@comity/core';
import type { EpocForm, FollowingForm, FormAuthority, FormItem, ObstacleForm, PreservationForm, ProductionForm } from './form.ts';

/** What is wrong with a form, or must be looked at. `fault`: it is not sent so. `flag`: it can be read, and how it is read is said. */
export const FORM_FINDINGS = {
  'both-ten-days': 'flag',
  'no-deadline': 'fault',
  'deadline-and-emergency': 'flag',
  'emergency-without-reasons': 'fault',
  'emergency-addressee': 'fault',
  'notified-without-deadline': 'fault',
  'contacts-swapped': 'fault',
  'contacts-same': 'flag',
  'validation-missing': 'fault',
  'unvalidated-tier': 'fault',
  'issuer-alone': 'fault',
  'zone-missing': 'fault',
  'period-missing': 'fault',
  'processor-without-reason': 'fault',
  'delay-without-reasons': 'fault',
  'threshold-missing': 'fault',
  'section-m-missing': 'fault',
  'free-text': 'flag',
  'no-items': 'fault',
  'reason-missing': 'fault',
  'conflict-missing': 'fault',
  'conflict-unfounded': 'flag',
  'item-preservation': 'flag',
  'production-missing': 'fault',
  'extension-late': 'fault',
  'day-form': 'fault',
} as const;

export type FormFindingCode = keyof typeof FORM_FINDINGS;

export interface FormFinding {
  readonly code: FormFindingCode;
  readonly weight: 'fault' | 'flag';
  /** Letter of the section, or the id of an item. */
  readonly at: string;
}

function found(code: FormFindingCode, at: string): FormFinding {
  return { code, weight: FORM_FINDINGS[code], at };
}

function when(holds: boolean, code: FormFindingCode, at: string): readonly FormFinding[] {
  return holds ? [found(code, at)] : [];
}

/** Contradictions and gaps of a form: what the law asks for and does not stand in it, what excludes each other, and what only a person can judge. */
export function checkForm(form: EpocForm): readonly FormFinding[] {
  if (form.form === 1) return checkProduction(form);
  if (form.form === 2) return checkPreservation(form);
  return form.form === 3 ? checkObstacle(form) : checkFollowing(form);
}

function checkProduction(form: ProductionForm): readonly FormFinding[] {
  const { c, g, h, i, j, k, items } = form;
  const urgent = isEmergency(form);
  const high = items.some(({ category }) => category === 'traffic' || category === 'content');
  const listed = g.maxPenaltyYears !== undefined || g.category !== undefined || g.proceedings === 'sentence';
  return [
    ...when(c.ticks.length === 0, 'no-deadline', 'C'),
    // Both ten-day boxes: the later reading holds, so that an objection is not run over, and a person is told.
    ...when(c.ticks.includes('as-soon-as-possible') && c.ticks.includes('end-of-ten-days'), 'both-ten-days', 'C'),
    ...when(
      urgent && c.ticks.some((tick) => tick === 'as-soon-as-possible' || tick === 'end-of-ten-days'),
      'deadline-and-emergency',
      'C',
    ),
    ...when(urgent && isBlank(c.reasons), 'emergency-without-reasons', 'C'),
    ...when(form.b.kind === 'other-in-emergency' && (!urgent || form.b.because === undefined), 'emergency-addressee', 'B'),
    ...when(k !== undefined && !urgent && !c.ticks.includes('end-of-ten-days'), 'notified-without-deadline', 'C'),
    ...checkItems(items),
    ...when(g.addressedAs === 'processor' && isBlank(g.processorReason), 'processor-without-reason', 'G'),
    ...when(high && !listed, 'threshold-missing', 'G'),
    ...when(h.delayed && isBlank(h.reasons), 'delay-without-reasons', 'H'),
    ...checkAuthorities({ a: form.a, issuing: i, validating: j, letters: ['I', 'J'] }),
    ...when(i.withoutValidation && high, 'unvalidated-tier', 'I'),
    ...when(high && i.type === 'prosecutor' && j === undefined, 'issuer-alone', 'I'),
    ...when(i.withoutValidation && !urgent, 'emergency-without-reasons', 'I'),
    ...when(k !== undefined && form.m === undefined, 'section-m-missing', 'M'),
  ];
}

/** Whether the form claims an emergency: by its ticks, not by a word somewhere. */
export function isEmergency({ c }: ProductionForm): boolean {
  return c.ticks.some((tick) => tick === 'threat-to-life' || tick === 'threat-to-infrastructure');
}

function checkPreservation(form: PreservationForm): readonly FormFinding[] {
  return [
    ...checkItems(form.items),
    ...checkAuthorities({ a: form.a, issuing: form.f, validating: form.g, letters: ['F', 'G'] }),
    ...when(form.f.withoutValidation && isBlank(form.reasons), 'emergency-without-reasons', 'F'),
    ...when(
      form.b.kind === 'other-in-emergency' && (isBlank(form.reasons) || form.b.because === undefined),
      'emergency-addressee',
      'B',
    ),
  ];
}

function checkItems(items: readonly FormItem[]): readonly FormFinding[] {
  return [
    ...when(items.length === 0, 'no-items', 'E'),
    ...items.flatMap(({ id, category, period, zone, options, other }) => [
      ...when(category !== 'subscriber' && period === undefined, 'period-missing', id),
      // A time without its zone is another time somewhere else (Annex I section E asks for both).
      ...when(period !== undefined && !isZone(zone), 'zone-missing', id),
      ...when(options.includes('other') || !isBlank(other), 'free-text', id),
    ]),
  ];
}

interface Signing {
  readonly a: ProductionForm['a'];
  readonly issuing: FormAuthority & { readonly withoutValidation: boolean };
  readonly validating: FormAuthority | undefined;
  readonly letters: readonly [string, string];
}

/** The two blocks of contacts are easily swapped: section A says who is who. */
function checkAuthorities({ a, issuing, validating, letters: [first, second] }: Signing): readonly FormFinding[] {
  const swapped =
    validating !== undefined &&
    a.validating !== undefined &&
    same(validating.name, a.issuing) &&
    same(issuing.name, a.validating);
  const days = [issuing.signedOn, ...(validating === undefined ? [] : [validating.signedOn])];
  return [
    ...when(swapped && !same(a.issuing, a.validating ?? ''), 'contacts-swapped', second),
    ...when(validating !== undefined && same(validating.email, issuing.email), 'contacts-same', second),
    ...when(issuing.type === 'other' && validating === undefined && !issuing.withoutValidation, 'validation-missing', first),
    ...when(a.validating !== undefined && validating === undefined, 'validation-missing', second),
    ...days.flatMap((day, index) => when(!isDay(day), 'day-form', index === 0 ? first : second)),
  ];
}

function checkObstacle({ d, e, g }: ObstacleForm): readonly FormFinding[] {
  const conflicts = d.some(({ reasons }) => reasons.includes('third-country'));
  const known = new Set(g.map(({ item }) => item));
  return [
    ...when(d.length === 0, 'no-items', 'D'),
    ...d.flatMap(({ item, reasons }) => when(reasons.length === 0, 'reason-missing', item)),
    ...when(conflicts && (e === undefined || [e.law, e.applies, e.conflict].some(isBlank)), 'conflict-missing', 'E'),
    // Art. 17(2): that the data lie abroad, or that others have no such rules, is no conflict. Whether that is all, a person must read.
    ...when(e !== undefined && isOnlyStorage(e.conflict), 'conflict-unfounded', 'E'),
    ...d.filter(({ item }) => !known.has(item)).map(({ item }) => found('item-preservation', item)),
  ];
}

/** Whether every sentence is about where the data lie. */
function isOnlyStorage(conflict: string): boolean {
  const sentences = conflict.split(/[.;]/).filter((sentence) => sentence.trim() !== '');
  return (
    sentences.length > 0 && sentences.every((sentence) => /\b(?:stored|located|hosted|stockées?|hébergées?)\b/i.test(sentence))
  );
}

const EXTENSION = 60 * 86_400_000;

function checkFollowing({ form, production, preservedSince, by }: FollowingForm): readonly FormFinding[] {
  const late = form === 6 && Date.parse(`${by.on}T00:00:00.000Z`) > Date.parse(preservedSince) + EXTENSION;
  return [
    ...when(form === 5 && production === undefined, 'production-missing', 'C'),
    // Art. 11(1): the extension comes within the sixty days, counted from receipt.
    ...when(late, 'extension-late', 'C'),
    ...when(!isDay(by.on), 'day-form', 'D'),
  ];
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}

function same(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
