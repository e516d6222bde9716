import type { ProofReport } from '@comity/verify';
import { momentIn } from '../words/when.ts';
import { element } from './element.ts';
import { factList, findingLists } from './report.ts';
import { locale, say, wordFor } from './words.ts';

/** What the verifier says of a proof: the findings, the entry that stands in the log, what was disclosed of it, and who witnessed it. */
export function proofResult({ findings, entry, origin, index, leaf, disclosed, witnessed }: ProofReport): readonly Node[] {
  const place =
    origin === ''
      ? []
      : [
          factList([
            ['log', origin],
            ['index', index],
            ['leaf', leaf],
          ]),
        ];
  const said = entry === undefined ? [] : entryFacts(entry);
  return [
    ...findingLists(findings),
    ...section('offline.proof.place', place),
    ...section('offline.proof.entry', said),
    ...section('offline.proof.disclosed', listOf(disclosed.map(({ name, value }) => [name, JSON.stringify(value)]))),
    ...section('offline.proof.witnessed', listOf(witnessed.map(({ name, at }) => [name, momentOf(at)]))),
  ];
}

function entryFacts({ t, at, actor, role, case: id, act, decision }: NonNullable<ProofReport['entry']>): readonly Node[] {
  const known = wordsOf(t);
  const facts = [
    ['type', known === undefined ? t : `${known} (${t})`],
    ['when', momentOf(at)],
    ['actor', actor],
    ['role', wordFor(`role.${role}`) ?? role],
    ['case', id],
    ...(act === undefined ? [] : [['act', act] as const]),
    ...(decision === undefined ? [] : [['decision', wordFor(`purpose.${decision}`) ?? decision] as const]),
  ] as const;
  return [factList(facts)];
}

/** What happened, in words, if there are any: an act of the log's own party, one that it took in, or a reading. */
function wordsOf(t: string): string | undefined {
  const [kind = '', ...type] = t.split('.');
  const act = wordFor(`act.${type.join('.')}.done`);
  if (kind === 'act') return act;
  if (kind === 'received') return act === undefined ? undefined : say('offline.proof.received', { act });
  return wordFor(`verify.reading.${t}`);
}

function listOf(pairs: readonly (readonly [string, string])[]): readonly Node[] {
  if (pairs.length === 0) return [];
  const rows = pairs.flatMap(([name, value]) => [
    element('dt', {}, element('bdi', {}, name)),
    element('dd', {}, element('bdi', {}, value)),
  ]);
  return [element('dl', {}, ...rows)];
}

function section(title: string, content: readonly Node[]): readonly Node[] {
  return content.length === 0 ? [] : [element('section', {}, element('h3', {}, say(title)), ...content)];
}

function momentOf(at: string): string {
  return at.endsWith('Z') ? momentIn(at, 'UTC', locale()) : at;
}
