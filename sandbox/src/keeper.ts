import { join } from 'node:path';
import { addDays, type Directory, type Result, toInstant } from '@comity/core';
import {
  enterKey,
  type KeyChanged,
  type KeyStatement,
  openOperator,
  type RotatedUse,
  revokeKey,
  rotateKey,
  signDirectory,
  signerOf,
  writeKeystore,
} from '@comity/node';
import { keystoreFile, keystoreRequest, openKeeper, openSandboxKeystore, sandboxSecret } from './directory.ts';
import type { Sandbox } from './sandbox.ts';

/** How long the log may take to have an entry, in milliseconds. */
const PATIENCE = 20_000;

/** A key that was changed: what was stated, and the place of its entry in the organisation's log. */
export interface Stated {
  readonly statement: KeyStatement;
  readonly place: string;
}

/** The operator of an organisation of the sandbox makes the key that follows; the old one holds beside it for `overlap` milliseconds. */
export function rotateOf(
  sandbox: Sandbox,
  org: string,
  ask: { readonly use: RotatedUse; readonly overlap: number },
): Promise<Stated> {
  const reason = ask.use === 'office' ? 'suite' : 'scheduled';
  return stated(sandbox, org, (holder) => rotateKey(holder, { ...ask, reason, from: holder.now, office: keystoreRequest(org) }));
}

/** The operator of an organisation revokes a key, and makes another one in its place. */
export function revokeOf(sandbox: Sandbox, org: string, id: string): Promise<Stated> {
  return stated(sandbox, org, (holder) =>
    revokeKey(holder, { id, reason: 'compromised', since: holder.now, replace: true, office: keystoreRequest(org) }),
  );
}

/** As `comity node keys` does: keystore, log, statement. */
async function stated(
  sandbox: Sandbox,
  org: string,
  change: (holder: Parameters<typeof rotateKey>[0]) => Promise<Result<KeyChanged>>,
): Promise<Stated> {
  const { party, signedDirectory, now } = sandbox.node(org).house;
  const keystore = await openSandboxKeystore(sandbox.dir, org);
  const done = await change({ keystore, party, now: now() });
  if (!done.ok) throw new Error(`${org}: ${done.refusal.code} ${done.refusal.field ?? ''}`);
  await writeKeystore(keystoreFile(sandbox.dir, org), done.value.keystore, await sandboxSecret(sandbox.dir));
  const operator = openOperator({
    ...{ env: 'sandbox', party: org, databaseUrl: sandbox.databaseUrl(org), dir: join(sandbox.dir, 'orgs', org) },
    ...{ directory: signedDirectory, directoryKey: sandbox.directoryKey },
  });
  try {
    const entry = await operator.logKeyChange(done.value.statement);
    const place = await operator.placeOf(entry, PATIENCE);
    if (place === undefined) throw new Error(`${org}: the log has no entry of the key that changed`);
    return { statement: done.value.statement, place: `${place.year}/${place.index}` };
  } finally {
    await operator.close();
  }
}

/** The keeper of the sandbox's directory takes statements, signs the directory that follows, and every node takes it up as it runs. */
export async function publish(sandbox: Sandbox, statements: readonly KeyStatement[]): Promise<Directory> {
  const [org] = sandbox.orgs;
  let { directory } = sandbox.node(org?.id ?? '').house;
  for (const statement of statements) {
    const now = toInstant(Date.now());
    const entered = enterKey(directory, statement, { now, until: `${addDays(now.slice(0, 10), 365)}T00:00:00.000Z` });
    if (!entered.ok) throw new Error(`the keeper refuses: ${entered.refusal.code} ${entered.refusal.field ?? ''}`);
    directory = entered.value;
  }
  const signed = signDirectory(directory, signerOf(openKeeper(sandbox.dir).jwk));
  for (const { id } of sandbox.orgs) {
    const taken = await sandbox.node(id).takeDirectory(signed);
    if (taken !== 'taken') throw new Error(`${id} did not take the directory`);
  }
  return directory;
}
