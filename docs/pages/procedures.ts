import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ActRule, type Cite, loadProcedure, type Procedure } from '@comity/procedure';
import { filterText, guardText } from './guard-text.ts';
import { cited, code, head, ROOT, read, table, type Words, wordsOf } from './page.ts';

/** Each procedure: seats, states, acts with who and when, clocks, duties. */
export function procedures(): string {
  const [shared, desk] = [wordsOf('packages/core/messages/en.json'), wordsOf('packages/core/desk-messages/en.json')];
  const words: Words = (key) => shared(key) ?? desk(key);
  const ids = readdirSync(join(ROOT, 'law/procedures'))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.replace(/\.yaml$/, ''));
  return [head('Procedures', '`law/procedures`'), ...ids.sort().map((id) => procedurePage(load(id), words))].join('\n');
}

function load(id: string): Procedure {
  const loaded = loadProcedure(JSON.parse(read(`law/packs/${id}.json`)));
  if (!loaded.ok) throw new Error(`${id}: ${JSON.stringify(loaded.refusal)}`);
  return loaded.value;
}

function procedurePage(procedure: Procedure, words: Words): string {
  const { id, version, inForce, reviewed } = procedure;
  const force = inForce.until === undefined ? `from ${inForce.from}` : `from ${inForce.from} to ${inForce.until}`;
  const review = reviewed.by.length === 0 ? '**Not reviewed.**' : `Reviewed by ${reviewed.by.join(', ')} on ${reviewed.on}.`;
  return [
    `## ${words(`procedure.${id}`) ?? id}`,
    '',
    `\`${id}\`, version ${version}, under ${words(`instrument.${procedure.instrument}`) ?? procedure.instrument}, in force ${force}. ${review}`,
    '',
    '### Seats',
    '',
    table(['seat', 'called', 'roles'], seatRows(procedure, words)),
    '',
    '### Tracks',
    '',
    'Only acts of the owner move a track. The first state is where it starts.',
    '',
    table(['track', 'of', 'owner', 'states'], trackRows(procedure)),
    '',
    '### Acts',
    '',
    ...Object.entries(procedure.acts).map(([type, rule]) => actPage(type, rule, words)),
    '### Clocks',
    '',
    table(['clock', 'length', 'starts with', 'counted where', 'stops when', 'citation'], clockRows(procedure, words)),
    '',
    '### Duties',
    '',
    table(['duty', 'whose', 'met by', 'stands while', 'until', 'clock', 'citation'], dutyRows(procedure)),
    '',
  ].join('\n');
}

function seatRows(procedure: Procedure, words: Words): readonly (readonly string[])[] {
  return Object.entries(procedure.seats).map(([seat, { roles }]) => [
    `\`${seat}\``,
    words(`seat.${seat}`) ?? '',
    roles.map((role) => words(`role.${role}`) ?? role).join(', '),
  ]);
}

function trackRows(procedure: Procedure): readonly (readonly string[])[] {
  const rows = (tracks: Procedure['tracks'], of: string): string[][] =>
    Object.entries(tracks).map(([name, { owner, start, states }]) => [
      `\`${name}\``,
      of,
      owner,
      [start, ...states.filter((state) => state !== start)].join(', '),
    ]);
  return [...rows(procedure.tracks, 'the case'), ...rows(procedure.itemTracks, 'each item')];
}

function actPage(type: string, rule: ActRule, words: Words): string {
  const conditions = rule.when.map(({ because, cite }) => {
    const basis = cite === undefined ? '' : ` (${cited(link(cite))})`;
    return `when: ${words(`because.${because}`) ?? because}${basis}`;
  });
  const lines = [
    ['who', `${rule.seat}: ${rule.roles.join(', ')}${rule.opens ? '; opens the case' : ''}`],
    ['assigns', code(...rule.assigns)],
    ['not by whoever made', code(...rule.differsFrom)],
    ['refused', conditions.join('<br>')],
    ['moves', movesOf(rule)],
    ['decides', decidesOf(rule, words)],
    ['carries', membersOf(rule.carries)],
    ['may carry', membersOf(rule.mayCarry)],
    ['keyed twice', keyedTwiceOf(rule)],
    ['sections', sectionsOf(rule)],
    ['sent to', rule.shares.join(', ') || 'nobody'],
    ['sealed as', rule.container === undefined ? '' : 'an evidence container (ASiC-E)'],
    ['opened', jointOf(rule)],
    ['download', rule.download ? 'whoever opens it may keep files of it' : ''],
    ['citation', rule.cite === undefined ? '' : cited(link(rule.cite))],
  ];
  const rows = lines.filter(([, text]) => text !== '');
  return `#### ${words(`act.${type}`) ?? type} (\`${type}\`)\n\n${table(['', ''], rows)}\n`;
}

function keyedTwiceOf({ keyedTwice }: ActRule): string {
  return keyedTwice === undefined ? '' : `items${filterText(keyedTwice)}, or the act says why not`;
}

function jointOf({ joint }: ActRule): string {
  if (joint === undefined) return '';
  return `by ${joint.needed} of ${joint.seats.length} together, never by one alone: ${joint.seats.join(', ')}`;
}

function membersOf(members: ActRule['carries']): string {
  return Object.entries(members)
    .map(([name, kind]) => `\`${name}\` (${kind})`)
    .join(', ');
}

function movesOf(rule: ActRule): string {
  return Object.entries(rule.to)
    .map(([track, state]) => `\`${track}\` to ${state}`)
    .join(', ');
}

function decidesOf({ items }: ActRule, words: Words): string {
  if (items === undefined) return '';
  const choices = Object.entries(items.choices).map(([name, choice]) => {
    const grounds = (choice.grounds ?? []).map((ground) => words(`ground.${ground}`) ?? ground);
    const why = grounds.length === 0 ? '' : ` on a ground: ${grounds.join('; ')}`;
    return `${name}: \`${items.track}\` from ${choice.from.join(' or ')} to ${choice.to}${why}`;
  });
  return `${items.complete ? 'every open item' : 'one or more items'}:<br>${choices.join('<br>')}`;
}

function sectionsOf(rule: ActRule): string {
  const sections = Object.entries(rule.sections).map(([name, readers]) => {
    const must = rule.required.includes(name) ? ', required' : '';
    return `\`${name}\` (read by ${readers.join(', ')}${must})`;
  });
  return sections.join('<br>');
}

/** How long a clock runs, in which cases, and when it stands still. */
function lengthText({ length, when, pauses, again }: Procedure['clocks'][string]): string {
  const runs =
    'dueAt' in length
      ? `until \`${length.dueAt}\` of the act`
      : 'days' in length
        ? `${length.days} days`
        : 'hours' in length
          ? `${length.hours} hours`
          : `${length.workingDays} working days`;
  const anew = again ? ', anew each time' : '';
  const only = when === undefined ? '' : `, where ${guardText(when)}`;
  const still = pauses === undefined ? '' : `; stands still from ${code(...pauses.from)} to ${code(...pauses.until)}`;
  return `${runs}${anew}${only}${still}`;
}

function clockRows(procedure: Procedure, words: Words): readonly (readonly string[])[] {
  return Object.entries(procedure.clocks).map(([id, clock]) => [
    `${words(`clock.${id}`) ?? id} (\`${id}\`)`,
    lengthText(clock),
    code(...clock.from),
    clock.seat,
    guardText(clock.stops),
    cited(link(clock.cite)),
  ]);
}

function dutyRows(procedure: Procedure): readonly (readonly string[])[] {
  return Object.entries(procedure.duties).map(([id, duty]) => [
    `\`${id}\``,
    duty.seat,
    code(...duty.acts),
    guardText(duty.when),
    guardText(duty.until),
    duty.clock === undefined ? '' : `\`${duty.clock}\``,
    duty.cite === undefined ? '' : cited(link(duty.cite)),
  ]);
}

function link({ ref, url }: Cite): { readonly ref: string; readonly url?: string } {
  return url === undefined ? { ref } : { ref, url };
}
