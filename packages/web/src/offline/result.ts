import type { CaseVerdict, Finding, FindingKind, Report, TimelineAct } from '@comity/verify';
import { valuesInWords } from '../pages/verify/valuesInWords.ts';
import { momentIn } from '../words/when.ts';
import type { Answer } from './check.ts';
import { element, mark } from './element.ts';
import { locale, say, wordFor } from './words.ts';

/** An answer, and what was asked: enough to print it and keep it. */
export interface Checked {
  readonly answer: Exclude<Answer, { readonly kind: 'failed' }>;
  readonly file: string;
  /** SHA-256 of the file. */
  readonly fingerprint: string;
  readonly at: string;
}

const KINDS: readonly FindingKind[] = ['tampered', 'departure', 'gap'];
const TONES: Readonly<Record<CaseVerdict | FindingKind, string>> = {
  'by-the-book': 'go',
  departures: 'if',
  departure: 'if',
  tampered: 'stop',
  'cannot-tell': 'unknown',
  gap: 'unknown',
};
const SIGNS: Readonly<Record<string, string>> = {
  go: 'M4 13l5 5L20 6',
  if: 'M12 3L2 21h20zM12 10v5M12 18v.2',
  stop: 'M5 5l14 14M19 5L5 19',
  unknown: 'M8 9c0-5 8-5 8 0 0 3-4 3-4 6M12 19v.2',
};
/** More sentences of one kind than anybody reads; a hostile file may have a hundred thousand. */
const MOST = 200;

/** What the verifier says, as elements. */
export function resultOf(checked: Checked): readonly Node[] {
  const { answer } = checked;
  if (answer.kind === 'refused') {
    const { code, field } = answer.refusal;
    return [
      verdict('cannot-tell'),
      element('p', {}, `${wordFor(`error.${code}`) ?? code}${field === undefined || field === '' ? '' : ` (${field})`}`),
      facts(checked, []),
    ];
  }
  const { report } = answer;
  return [
    verdict(report.verdict),
    element('p', {}, say(`verify.says.${report.verdict}`)),
    facts(checked, factsOf(report)),
    element('p', { class: 'quiet' }, say('verify.checked', report.checked)),
    ...KINDS.flatMap((kind) => findings(kind, report)),
    ...timeline(report),
  ];
}

function verdict(said: CaseVerdict): HTMLElement {
  const tone = TONES[said];
  return element('h2', { class: `verdict ${tone}` }, mark(SIGNS[tone] ?? ''), say(`verdict.${said}`));
}

function factsOf({ case: id, madeBy }: Report): readonly (readonly [string, string])[] {
  return id === '' ? [] : [['case', id] as const, ['made-by', madeBy] as const];
}

function facts({ file, fingerprint, at }: Checked, more: readonly (readonly [string, string])[]): HTMLElement {
  const all = [['name', file], ...more, ['fingerprint', fingerprint], ['at', momentIn(at, 'UTC', locale())]] as const;
  const pairs = all.flatMap(([name = '', value = '']) => [
    element('dt', {}, say(`offline.fact.${name}`)),
    element('dd', {}, element('bdi', name === 'fingerprint' || name === 'case' ? { class: 'mono' } : {}, value)),
  ]);
  return element('dl', {}, ...pairs);
}

function findings(kind: FindingKind, report: Report): readonly Node[] {
  const all = report.findings.filter((finding) => finding.kind === kind);
  if (all.length === 0) return [];
  const shown = all.slice(0, MOST).map((finding) => element('li', { class: TONES[kind] }, ...sentence(finding)));
  const rest = all.length > MOST ? [element('p', {}, say('offline.more', { n: all.length - MOST }))] : [];
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

function timeline({ timeline: acts }: Report): readonly Node[] {
  if (acts.length === 0) return [];
  const items = acts.map(momentOf);
  return [element('section', {}, element('h3', {}, say('verify.timeline')), element('ol', { class: 'timeline' }, ...items))];
}

function momentOf({ at, type, party, role, counted, logged }: TimelineAct): HTMLElement {
  const time = element('time', { datetime: at }, element('bdi', {}, momentIn(at, 'UTC', locale())));
  const what = element('p', {}, element('strong', {}, wordFor(`act.${type}.done`) ?? type));
  if (!counted) what.append(' ', element('span', { class: 'quiet' }, say('act.void')));
  const who = element(
    'p',
    {},
    element('bdi', {}, party),
    say('comma'),
    element('span', { class: 'quiet' }, wordFor(`role.${role}`) ?? role),
  );
  const where = logged.map((entry) => element('bdi', { class: 'mono' }, `${entry.party} #${entry.index}`));
  const proven = element('p', { class: 'small quiet places' }, say('verify.logged'), ...where);
  return element('li', counted ? {} : { class: 'void' }, time, what, who, ...(where.length === 0 ? [] : [proven]));
}
