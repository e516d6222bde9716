import type { CaseVerdict, Finding, FindingKind } from '@comity/verify';
import { valuesInWords } from '../pages/verify/valuesInWords.ts';
import { element, mark } from './element.ts';
import { say, wordFor } from './words.ts';

const KINDS: readonly FindingKind[] = ['tampered', 'departure', 'gap', 'remark'];
const TONES: Readonly<Record<CaseVerdict | FindingKind, string>> = {
  'by-the-book': 'go',
  departures: 'if',
  departure: 'if',
  tampered: 'stop',
  'cannot-tell': 'unknown',
  gap: 'unknown',
  remark: 'note',
};
const SIGNS: Readonly<Record<string, string>> = {
  go: 'M4 13l5 5L20 6',
  if: 'M12 3L2 21h20zM12 10v5M12 18v.2',
  stop: 'M5 5l14 14M19 5L5 19',
  unknown: 'M8 9c0-5 8-5 8 0 0 3-4 3-4 6M12 19v.2',
  note: 'M12 10v9M12 5v.2',
};
/** More sentences of one kind than anybody reads; a hostile file may have a hundred thousand. */
const MOST = 200;

/** A verdict: a sign and words, the colour only helps. */
export function verdictLine(verdict: CaseVerdict, words: string): HTMLElement {
  const tone = TONES[verdict];
  return element('h2', { class: `verdict ${tone}` }, mark(SIGNS[tone] ?? ''), words);
}

/** Named values, each under its word. */
export function factList(facts: readonly (readonly [name: string, value: string])[]): HTMLElement {
  const pairs = facts.flatMap(([name, value]) => [
    element('dt', {}, say(`offline.fact.${name}`)),
    element('dd', {}, element('bdi', /^[0-9a-f-]{32,}$/.test(value) ? { class: 'mono' } : {}, value)),
  ]);
  return element('dl', {}, ...pairs);
}

/** Every finding as a sentence with its code and what it is about, the gravest kind first. */
export function findingLists(findings: readonly Finding[]): readonly Node[] {
  return KINDS.flatMap((kind) => findingList(kind, findings));
}

function findingList(kind: FindingKind, findings: readonly Finding[]): readonly Node[] {
  const all = findings.filter((finding) => finding.kind === kind);
  if (all.length === 0) return [];
  const shown = all.slice(0, MOST).map((finding) => element('li', { class: TONES[kind] }, ...sentence(finding)));
  const rest = all.length > MOST ? [element('p', {}, say('verify.more', { n: all.length - MOST }))] : [];
  const heading = element('h3', {}, mark(SIGNS[TONES[kind]] ?? ''), say(`verify.kind.${kind}`, { n: all.length }));
  return [element('section', {}, heading, element('ul', { class: 'findings' }, ...shown), ...rest)];
}

function sentence({ code, about, values }: Finding): readonly Node[] {
  const places = [
    code,
    about.party ?? '',
    about.item ?? '',
    about.index === undefined ? '' : `#${about.index}`,
    about.act === undefined ? '' : (about.act.slice(0, 16).match(/.{4}/g) ?? []).join(' '),
  ];
  const marks = places.filter((place) => place !== '').map((place) => element('bdi', { class: 'mono' }, place));
  return [
    element('p', {}, wordFor(`finding.${code}`, valuesInWords(values, wordFor)) ?? code),
    element('p', { class: 'small quiet places' }, ...marks),
  ];
}
