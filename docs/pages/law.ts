import { type Citation, type Exception, loadPack, loadVocabulary, type Pack, type Rule, type Vocabulary } from '@comity/assess';
import type { Result } from '@comity/core';
import { cited, head, read, table } from './page.ts';

const TRUST = [
  ['A', 'the official text, a regulator’s worked example or a judgment was read'],
  ['B', 'the sentence of the rule was read in a public copy of the official text'],
  ['B-derived', 'a boundary that follows from such a sentence'],
  ['B2', 'a careful secondary source, or our application of a rule that was read'],
  ['C', 'written from memory: read the source before relying on it'],
  ['J', 'the meaning of our own words'],
] as const;

interface Listed {
  readonly id: string;
  readonly kind: string;
  readonly version: number;
  readonly sha256: string;
  readonly reviewed: boolean;
}

/** The packs of law as compiled: each rule and exception with its citation, and how far it can be trusted. */
export function law(): string {
  // Parser: `npm run law` wrote this file; `npm run law -- --check` proves that it is current.
  const listed = JSON.parse(read('law/packs/index.json')) as readonly Listed[];
  const vocabulary = must(loadVocabulary(JSON.parse(read('law/packs/vocabulary.json'))));
  const packs = listed.filter((file) => file.kind === 'pack');
  return [
    head('Law', '`law/packs`'),
    'Packs are dated, cited files. **None is reviewed by counsel unless this page says so.** Trust marks:',
    '',
    ...TRUST.map(([mark, meaning]) => `- **${mark}**: ${meaning}`),
    '',
    table(
      ['file', 'kind', 'version', 'reviewed', 'SHA-256'],
      listed.map((file) => [file.id, file.kind, String(file.version), yes(file.reviewed), `\`${file.sha256}\``]),
    ),
    '',
    ...packs.map(({ id }) => packPage(id, vocabulary)),
  ].join('\n');
}

function packPage(id: string, vocabulary: Vocabulary): string {
  const json: { readonly sources: readonly Source[] } = JSON.parse(read(`law/packs/${id}.json`));
  const pack = must(loadPack(json, vocabulary));
  const exceptions = [...new Map(pack.rules.flatMap((rule) => nested(rule.unless)).map((one) => [one.id, one])).values()];
  return [
    `## ${pack.title}`,
    '',
    `Pack \`${pack.id}\`, version ${pack.version}. ${reviewOf(pack)}`,
    '',
    '### Rules',
    '',
    ruleTable(pack.rules),
    '',
    '### What lifts or meets a rule',
    '',
    ruleTable(exceptions),
    '',
    '### Sources',
    '',
    ...json.sources.map(sourceLine),
    '',
  ].join('\n');
}

/** Exceptions may have exceptions of their own. */
function nested(exceptions: readonly Exception[]): readonly Exception[] {
  return exceptions.flatMap((one) => [one, ...nested(one.unless)]);
}

function ruleTable(rules: readonly (Rule | Exception)[]): string {
  const rows = rules.map((rule) => [
    `\`${rule.id}\``,
    rule.kind,
    rule.says,
    cited(linkOf(rule.cite)),
    rule.force.until === undefined ? rule.force.from : `${rule.force.from} to ${rule.force.until}`,
    rule.cite.source ?? '',
  ]);
  return table(['id', 'kind', 'says', 'citation', 'in force from', 'source'], rows);
}

function linkOf(cite: Citation): { readonly ref: string; readonly url?: string } {
  return cite.url === undefined ? { ref: cite.ref } : { ref: cite.ref, url: cite.url };
}

interface Source {
  readonly what: string;
  readonly where?: string;
  readonly url?: string;
  readonly dateRead?: string;
  readonly trust: string;
  readonly note?: string;
}

function sourceLine(source: Source): string {
  const name = source.url === undefined ? source.what : `[${source.what}](${source.url})`;
  const where = source.where === undefined ? '' : ` Read in: ${source.where}.`;
  const date = source.dateRead === undefined ? '' : ` On ${source.dateRead}.`;
  const note = source.note === undefined ? '' : ` ${source.note}`;
  return `- ${name}. Trust ${source.trust}.${where}${date}${note}`;
}

function reviewOf({ reviewed }: Pack): string {
  if (reviewed.by.length === 0) return `**Not reviewed.** To be looked at again by ${reviewed.next ?? 'no date'}.`;
  return `Reviewed by ${reviewed.by.join(', ')} on ${reviewed.on ?? 'an unknown day'}.`;
}

function yes(value: boolean): string {
  return value ? 'yes' : 'no';
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}
