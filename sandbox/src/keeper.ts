import { join } from 'node:path';
import { addDays, type Directory, type Result, toInstant } from '@comity/core';
import {
  enterKey,
  type KeyChanged,
  type KeyStatement,
  keyWithId,
  type Operator,
  openOperator,
  type RewrapCount,
  type RotatedUse,
  revokeKey,
  rotateKey,
  signDirectory,
  signerOf,
  writeKeystore,
} from '@comity/node';
import { recoverIdentity } from '@comity/seal';
import { keystoreFile, keystoreRequest, openKeeper, openSandboxKeystore, PASSPHRASE, sandboxSecret } from './directory.ts';
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

/** The operator of an organisation has what it holds wrapped for its present office key, as `comity node rewrap` does. */
export async function rewrapOf(sandbox: Sandbox, org: string): Promise<RewrapCount> {
  const { keys } = await openSandboxKeystore(sandbox.dir, org);
  return operate(sandbox, org, (operator) =>
    operator.rewrap(async (id) => {
      const identity = await recoverIdentity(keyWithId(keys.office, id)?.protected ?? '', PASSPHRASE);
      return identity.ok ? identity.value : undefined;
    }),
  );
}

async function operate<T>(sandbox: Sandbox, org: string, work: (operator: Operator) => Promise<T>): Promise<T> {
  const operator = openOperator({
    ...{ env: 'sandbox', party: org, databaseUrl: sandbox.databaseUrl(org), dir: join(sandbox.dir, 'orgs', org) },
    ...{ directory: sandbox.node(org).house.signedDirectory, directoryKey: sandbox.directoryKey },
  });
  try {
    return await work(operator);
  } finally {
    await operator.close();
  }
}

/** As `comity node keys` does: keystore, log, statement. */
async function stated(
  sandbox: Sandbox,
  org: string,
  change: (holder: Parameters<typeof rotateKey>[0]) => Promise<Result<KeyChanged>>,
): Promise<Stated> {
  const { party, now } = sandbox.node(org).house;
  const keystore = await openSandboxKeystore(sandbox.dir, org);
  const done = await change({ keystore, party, now: now() });
  if (!done.ok) throw new Error(`${org}: ${done.refusal.code} ${done.refusal.field ?? ''}`);
  await writeKeystore(keystoreFile(sandbox.dir, org), done.value.keystore, await sandboxSecret(sandbox.dir));
  const { statement } = done.value;
  return operate(sandbox, org, async (operator) => {
    const place = await operator.placeOf(await operator.logKeyChange(statement), PATIENCE);
    if (place === undefined) throw new Error(`${org}: the log has no entry of the key that changed`);
    return { statement, place: `${place.year}/${place.index}` };
  });
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
