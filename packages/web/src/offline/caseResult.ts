import type { Reading, Report, TimelineAct } from '@comity/verify';
import { momentIn } from '../words/when.ts';
import { element } from './element.ts';
import { findingLists } from './report.ts';
import { locale, say, wordFor } from './words.ts';

/** What the verifier says of a case: what was checked, the findings, the timeline, and who looked into it. */
export function caseResult(report: Report): readonly Node[] {
  return [
    element('p', { class: 'quiet' }, say('verify.checked', report.checked)),
    ...findingLists(report.findings),
    ...list('verify.timeline', report.timeline.map(actOf)),
    ...list('verify.readings', report.readings.map(readingOf)),
  ];
}

function list(title: string, items: readonly HTMLElement[]): readonly Node[] {
  if (items.length === 0) return [];
  return [element('section', {}, element('h3', {}, say(title)), element('ol', { class: 'timeline' }, ...items))];
}

function actOf({ at, type, party, role, counted, logged, marks }: TimelineAct): HTMLElement {
  const what = element('p', {}, element('strong', {}, wordFor(`act.${type}.done`) ?? type));
  if (!counted) what.append(' ', element('span', { class: 'quiet' }, say('act.void')));
  for (const mark of marks) what.append(' ', element('span', { class: 'marked' }, say(`verify.mark.${mark}`)));
  const where = logged.map((entry) => element('bdi', { class: 'mono' }, `${entry.party} #${entry.index}`));
  const proven = element('p', { class: 'small quiet places' }, say('verify.logged'), ...where);
  return element(
    'li',
    counted ? {} : { class: 'void' },
    moment(at),
    what,
    who(party, role),
    ...(where.length === 0 ? [] : [proven]),
  );
}

function readingOf({ at, party, role, t, purpose, index }: Reading): HTMLElement {
  const what = element('p', {}, element('strong', {}, wordFor(`verify.reading.${t}`) ?? t));
  if (purpose !== '') what.append(say('comma'), wordFor(`purpose.${purpose}`) ?? purpose);
  const where = element(
    'p',
    { class: 'small quiet places' },
    say('verify.logged'),
    element('bdi', { class: 'mono' }, `${party} #${index}`),
  );
  return element('li', {}, moment(at), what, who(party, role), where);
}

function moment(at: string): HTMLElement {
  return element('time', { datetime: at }, element('bdi', {}, momentIn(at, 'UTC', locale())));
}

function who(party: string, role: string): HTMLElement {
  return element(
    'p',
    {},
    element('bdi', {}, party),
    say('comma'),
    element('span', { class: 'quiet' }, wordFor(`role.${role}`) ?? role),
  );
}
