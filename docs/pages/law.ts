import { join } from 'node:path';
import { type Law, type LibraryPack, type LibraryRule, library } from '@comity/assess';
import { loadLaw } from '@comity/node/law';
import { answeredOtherwise } from '../../packages/cli/src/law/guards.ts';
import { cited, head, ROOT, table } from './page.ts';

const HOW = [
  ['official', 'the official text, or a true public copy of it, was read'],
  ['secondary', 'a careful secondary source was read, or the text is applied by us beyond its words'],
  ['unconfirmed', 'written from memory: read the source before relying on it'],
] as const;

/** The law as compiled, to be read: transfers, then requests between authorities. */
export function lawPacks(): readonly LibraryPack[] {
  const { assess, cooperation } = loadLaw(join(ROOT, 'law', 'packs'));
  return [assess, cooperation].flatMap((law: Law) => library(law));
}

/** All packs of law, how well they were confirmed, and what is answered otherwise than a case says. */
export function law(): string {
  const packs = lawPacks();
  const rows = packs.map(({ id, title, version, days, rules, counts, reviewed }) => [
    `[${id}](../law/${id}.md)`,
    title,
    String(version),
    days[0] ?? '',
    String(rules.length),
    `${counts.official} / ${counts.secondary} / ${counts.unconfirmed}`,
    reviewed.by.length === 0 ? 'no' : reviewed.by.join(', '),
  ]);
  return [
    head('Law', '`law/packs`'),
    'Packs are dated, cited files. **None is reviewed by counsel unless this page says so.** Every rule says how well its text was confirmed:',
    '',
    ...HOW.map(([how, meaning]) => `- **${how}**: ${meaning}`),
    '',
    'A verdict says in its first line when it rests on law that was not confirmed. A country or regime without a pack is "not assessed", never free.',
    '',
    table(['pack', 'what', 'version', 'in force from', 'rules', 'official / secondary / unconfirmed', 'reviewed by'], rows),
    '',
    '## Not confirmed',
    '',
    'Rules, and what lifts or meets them, whose own text nobody here has read:',
    '',
    ...packs.flatMap(unconfirmedLine),
    '',
    '## Cases answered otherwise',
    '',
    ...otherwise(),
    '',
  ].join('\n');
}

function unconfirmedLine(pack: LibraryPack): readonly string[] {
  const open = flat(pack.rules).filter(({ confirmed }) => confirmed === 'unconfirmed');
  if (open.length === 0) return [];
  return [`- [${pack.id}](../law/${pack.id}.md): ${open.map(({ cite }) => cite).join('; ')}`];
}

function otherwise(): readonly string[] {
  const cases = answeredOtherwise(join(ROOT, 'law'));
  return Object.entries(cases).map(([id, { answer, why }]) => `- \`${id}\`: ${answer}, because ${why}.`);
}

/** One pack: its rules with what lifts or meets them, its words and places, and what was read. */
export function packPage(pack: LibraryPack): string {
  return [
    head(pack.title, `\`law/packs/${pack.id}.json\``),
    `Pack \`${pack.id}\`, version ${pack.version}, SHA-256 \`${pack.sha256}\`. ${reviewOf(pack)}`,
    '',
    '## Rules',
    '',
    ruleTable(pack.rules),
    '',
    '## What lifts or meets a rule',
    '',
    ruleTable(flat(pack.rules.flatMap(({ unless }) => unless))),
    '',
    '## Words and places',
    '',
    table(
      ['name', 'means', 'citation', 'confirmed'],
      pack.terms.map(({ name, says, confirmed, ...rest }) => [`\`${name}\``, says, cited(linkOf(rest)), confirmed]),
    ),
    '',
    '## Sources',
    '',
    ...pack.sources.map(sourceLine),
    '',
  ].join('\n');
}

/** Rules and everything under them, each once. */
function flat(rules: readonly LibraryRule[]): readonly LibraryRule[] {
  const all = rules.flatMap((rule): readonly LibraryRule[] => [rule, ...flat(rule.unless)]);
  return [...new Map(all.map((rule) => [rule.id, rule])).values()];
}

function ruleTable(rules: readonly LibraryRule[]): string {
  const rows = rules.map((rule) => [
    `\`${rule.id}\``,
    rule.kind,
    rule.says,
    cited(linkOf(rule)),
    rule.until === undefined ? rule.from : `${rule.from} to ${rule.until}`,
    rule.confirmed,
  ]);
  return table(['id', 'kind', 'says', 'citation', 'in force from', 'confirmed'], rows);
}

function linkOf({ cite, url }: Pick<LibraryRule, 'cite' | 'url'>): { readonly ref: string; readonly url?: string } {
  return url === undefined ? { ref: cite } : { ref: cite, url };
}

function sourceLine({ what, how, where, url, read: day, note }: LibraryPack['sources'][number]): string {
  const name = url === undefined ? what : `[${what}](${url})`;
  const parts = [
    where === undefined ? '' : `Read in: ${where}.`,
    day === undefined ? '' : `On ${day}.`,
    note === undefined ? '' : `${note}.`,
  ];
  return `- ${how}: ${name}. ${parts.filter((part) => part !== '').join(' ')}`.replaceAll('..', '.').trimEnd();
}

function reviewOf({ reviewed }: LibraryPack): string {
  if (reviewed.by.length === 0) return `**Not reviewed by counsel.** To be looked at again by ${reviewed.next ?? 'no date'}.`;
  return `Reviewed by ${reviewed.by.join(', ')} on ${reviewed.on ?? 'an unknown day'}.`;
}
