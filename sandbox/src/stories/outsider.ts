import { generateKeyPairSync } from 'node:crypto';
import { type Act, actDigest, directoryBytes, toBase64Url, utf8 } from '@comity/core';
import { newMlDsa44Key, type PrivateJwk, sha256, signerOf } from '@comity/node';
import { entriesOf } from './entries.ts';
import { relog } from './relog.ts';
import { edited, type Loose, type Scene, type Tampering } from './tampering.ts';

/** What somebody can do to a case file who holds none of its keys, only keys of their own. */
export async function outsiders(scene: Scene): Promise<readonly Tampering[]> {
  return [...withActs(scene), ...(await withLogs(scene)), ...withRules(scene)];
}

const PROVIDER = 'ie-skymail';
const thief = newKey();

function withActs({ file }: Scene): readonly Tampering[] {
  const of = (type: string): string => digestIn(file.acts, type);
  const altered = edited(file, (copy) => (actIn(copy, 'validate').body.data.decisions[2] = { item: 'i3', choice: 'approve' }));
  const removed = edited(file, (copy) => remove(copy.acts, actIn(copy, 'refuse')));
  const section = edited(file, (copy) => (actIn(copy, 'draft').openings.necessity.value.text = 'It would be convenient.'));
  const attachment = edited(
    file,
    (copy) => (actIn(copy, 'deliver').openings.package.value.i2.manifest.minimisation.rowsKept = 1_000_000),
  );
  return [
    { name: 'act-altered', file: altered, expect: { code: 'act-altered', about: { act: digestIn(altered.acts, 'validate') } } },
    { name: 'act-removed', file: removed, expect: { code: 'act-removed', about: { act: of('refuse') } } },
    { name: 'section-swapped', file: section, expect: { code: 'section-altered', about: { act: of('draft') } } },
    { name: 'attachment-swapped', file: attachment, expect: { code: 'section-altered', about: { act: of('deliver') } } },
  ];
}

async function withLogs({ file }: Scene): Promise<readonly Tampering[]> {
  const provider = logIn(file);
  const forged = await relog(provider.origin, PROVIDER, {
    entries: entriesOf(provider),
    keys: { log: thief, logPostQuantum: newMlDsa44Key() },
  });
  const about = { act: digestIn(file.acts, 'deliver'), party: PROVIDER };
  const removed = edited(file, (copy) => remove(logIn(copy).entries, entryIn(copy, 'act.deliver')));
  const moved = edited(file, (copy) => swapPlaces(entryIn(copy, 'act.minimise'), entryIn(copy, 'act.deliver')));
  const index = entryIn(file, 'act.minimise').index;
  const checkpoint = edited(file, (copy) => (copy.logs[copy.logs.indexOf(logIn(copy))] = forged));
  const [receipt] = file.receipts;
  const signed = edited(file, (copy) => (copy.receipts[0].receipt = resigned(copy.receipts[0].receipt)));
  return [
    { name: 'entry-removed', file: removed, expect: { code: 'act-unlogged', about } },
    { name: 'entry-moved', file: moved, expect: { code: 'entry-not-included', about: { ...about, index } } },
    { name: 'checkpoint-forged', file: checkpoint, expect: { code: 'checkpoint-forged', about: { party: PROVIDER } } },
    {
      name: 'receipt-forged',
      file: signed,
      expect: { code: 'receipt-forged', about: { act: receipt?.act ?? '', party: receipt?.party ?? '' } },
    },
  ];
}

function withRules({ file }: Scene): readonly Tampering[] {
  const [pack] = Object.entries(file.law).find(([, json]) => JSON.stringify(json).includes('"rules"')) ?? [''];
  const directory = edited(file, (copy) => {
    copy.directory.directory.parties[0].keys[0].public = thief.x;
    copy.directory.signature = toBase64Url(signerOf(thief)(directoryBytes(copy.directory.directory)));
  });
  const procedure = edited(file, (copy) => delete copy.procedure.acts.issue['differs-from']);
  const law = edited(file, (copy) => copy.law[pack].rules.pop());
  return [
    { name: 'procedure-swapped', file: procedure, expect: { code: 'procedure-swapped', about: {} } },
    { name: 'pack-swapped', file: law, expect: { code: 'pack-swapped', about: {} } },
    { name: 'directory-swapped', file: directory, expect: { code: 'directory-forged', about: {} } },
  ];
}

function newKey(): PrivateJwk {
  const { x = '', d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return { kty: 'OKP', crv: 'Ed25519', x, d };
}

/** Digest of the act of a type. */
function digestIn(acts: readonly Act[], type: string): string {
  const act = acts.find(({ body }) => body.type === type);
  if (act === undefined) throw new Error(`the case has no ${type}`);
  return actDigest(act.body, sha256);
}

function actIn(file: Loose, type: string): Loose {
  return file.acts.find((act: Act) => act.body.type === type);
}

function logIn(file: Loose): Loose {
  return file.logs.find((log: Loose) => log.party === PROVIDER);
}

function entryIn(file: Loose, t: string): Loose {
  return logIn(file).entries.find((entry: Loose) => JSON.parse(Buffer.from(entry.entry, 'base64').toString()).t === t);
}

function remove(list: Loose[], one: Loose): void {
  list.splice(list.indexOf(one), 1);
}

/** Each entry keeps its place in the tree, and says what the other said. */
function swapPlaces(a: Loose, b: Loose): void {
  [a.entry, b.entry] = [b.entry, a.entry];
}

/** A receipt with the same words, signed by the thief. */
function resigned(jws: string): string {
  const [head = '', payload = ''] = jws.split('.');
  return `${head}.${payload}.${toBase64Url(signerOf(thief)(utf8(`${head}.${payload}`)))}`;
}
