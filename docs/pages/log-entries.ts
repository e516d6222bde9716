import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { head, ROOT, read, table } from './page.ts';

/** What each type of entry means. A type that node writes and that is not here, or the reverse, stops the generator. */
const MEANINGS: Readonly<Record<string, string>> = {
  'act.<type>': 'This organisation made an act of this type; the entry stands or falls with the act.',
  'received.<type>':
    'An act of this type, made by another organisation, was taken in, whether or not it counted. `seen` and `refs` say where its log holds it.',
  'receipted.<type>':
    'The application of another organisation has taken an act of ours, and its log was shown to hold it at `seen`; `refs` is the leaf there.',
  'case.read': 'A person stated a reason for opening the case (`decision`); who it was is only committed to.',
  'payload.asked':
    'A person stated a reason for opening a sealed payload (`decision`). The entry stands in the log before the bytes go out.',
  'data.queried':
    'A person looks into deliveries that they opened: `basis` is the kind of look and the items, `decision` the purpose. Who it was and the reason in words are only committed to; what was looked for is nowhere. The entry stands in the log before the result is shown.',
  'data.prepared':
    'Data of this office were prepared by a plan: `basis` is how, `decision` the digest of the plan. Who asked, the digest of the signed plan and that of what came out are only committed to. `case` is a pseudonym of its own.',
  'data.saved':
    'Somebody of this office saves a file that was prepared here, outside any case (`case`: the pseudonym of the preparation). Who it was is only committed to. The entry stands before the bytes go out.',
  'data.offered':
    'Cases may ask for what was prepared here (`case`: the pseudonym of the preparation), until `decision`. Who said so and under which name is only committed to. An offer that is made anew has another entry.',
  'data.withdrawn':
    'Cases may not ask for it any more, before its time was over (`case`: the pseudonym of the preparation). Who said so is only committed to.',
  'complaint.received':
    'A person who was told by a letter complains (`decision`: about what, from a closed list; `basis`: the number). What was written is only committed to.',
  erased:
    'Sections of acts were erased here, for a reason from a closed list (`decision`) and on the authority of a party (`basis`). `refs`: the entries of those acts.',
  redacted:
    'An entry of this log (`index`, `refs`, `was`, `act`) was blanked by order of overseers (`orders`), for a reason from a closed list (`decision`).',
  sealed:
    'Of several payloads that leave in one act, this one: the SHA-256 and length of its sealed file. It stands before the entry of the act.',
  'copy.<status>':
    'A copy that this organisation holds (`decision`: the receiver’s or the source’s) is to be reviewed, to be destroyed, or overdue; or `settled` again. Overseers list what is overdue.',
  'import.<step>':
    'Something came from outside in a form of others (`arrived`: `decision` is its form, `basis` the authority whose key signed it, `_sd` commits to its digest), or a person proposed to take it up, took it up, refused it for a reason of a closed list, erased what it says, or its sender cancelled it. An answer to one of its tasks was handed in (`answered`), `released` or `discarded` by a person, or `delivered`: the other system has it; or an answer to an order of ours `landed` whole (`decision`: `data` or `existence`, `basis`: the authority, the number of the delivery, the case). `case` is its own pseudonym; `basis` of a step is the authority that was called back.',
  rewrapped:
    'A received payload got a header for another key of the office: `basis` names the digest under which it was announced, the earlier key and the present one, `obj` what it is now.',
  'key.<change>':
    'A key of this organisation changes (`added`, `rotated`, `revoked`): `basis` names the keys that end and begin, `decision` why, `_sd` is the SHA-256 of the statement that it gave to the keeper of the directory. `case` is `keys`.',
  'deadline.<kind>': 'A due time (`strict` or `formal`) came while its clock (`decision`) was running.',
};

/** The entry types that node writes, read from its source. Throws when a place that makes an entry cannot be read: a page that goes blind would lie. */
export function logEntries(): string {
  const found = sources('packages/node/src').flatMap(({ path, text }) => entriesIn(path, text));
  const types = new Map(found.map((entry) => [entry.type, entry]));
  const wrong = [...types.keys()].filter((type) => MEANINGS[type] === undefined);
  const gone = Object.keys(MEANINGS).filter((type) => !types.has(type));
  if (wrong.length + gone.length > 0)
    throw new Error(`docs/pages/log-entries.ts: not described: ${wrong.join(', ')}; not written any more: ${gone.join(', ')}`);
  const rows = Object.entries(MEANINGS).map(([type, meaning]) => {
    const entry = types.get(type);
    return [`\`${type}\``, meaning, (entry?.members ?? []).map((name) => `\`${name}\``).join(' '), `\`${entry?.path}\``];
  });
  return [
    head('Log entries', 'every place in `packages/node/src` that makes one'),
    'Besides the members listed, each entry has `v`, `id`, `nonce` (32 random bytes) and `actor` (key of the organisation). No entry holds a name, an',
    'identifier or free text: `act` and `policy` are digests, `case` is a random pseudonym, `_sd` are salted commitments whose openings can be erased.',
    '',
    table(['type', 'written when', 'members', 'where'], rows),
    '',
  ].join('\n');
}

function sources(folder: string): readonly { readonly path: string; readonly text: string }[] {
  const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).sort();
  const paths = names.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).map((name) => `${folder}/${name}`);
  return paths.map((path) => ({ path, text: read(path) }));
}

interface Found {
  readonly type: string;
  readonly members: readonly string[];
  readonly path: string;
}

function entriesIn(path: string, text: string): readonly Found[] {
  const calls = [...text.matchAll(/(?<!function )\bentryOf\(/g)].length;
  const read = [...text.matchAll(/\bentryOf\(house, (\{[^}]*?\bt: (['`])(.+?)\2[\s\S]*?\n?\s*\})\)/g)];
  if (read.length !== calls) throw new Error(`${path}: ${calls} entries are made, ${read.length} could be read`);
  return read.map(([, object = '', , type = '']) => ({
    path,
    members: membersOf(object),
    type: type.replaceAll(/\$\{[\w.]*?(\w+)\}/g, '<$1>'),
  }));
}

/** Names of the outermost members of an object literal, without `t`. */
function membersOf(literal: string): readonly string[] {
  const flat = literal
    .slice(1, -1)
    .replaceAll(/`[^`]*`|'[^']*'/g, "''")
    .replaceAll(/\{[^{}]*\}|\[[^[\]]*\]|\([^()]*\)/g, '0');
  const names = flat.split(',').map((part) => /^\s*(?:\.\.\.(sealedObject)|(\w+))/.exec(part));
  const all = names.flatMap((match) => (match?.[1] === undefined ? (match?.[2] ?? []) : 'obj?'));
  return all.filter((name) => name !== 't');
}
