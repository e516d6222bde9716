import { existsSync, writeFileSync } from 'node:fs';
import { holdsAt, type Instant, isInstant, keyAt, ok, type Party, type Result, refuse, toInstant } from '@comity/core';
import {
  enterDirectory,
  KEY_REASONS,
  type KeyChanged,
  type KeyDevice,
  type Keystore,
  type KeystoreRequest,
  officeKeyOf,
  openKeystore,
  ROTATED_USES,
  revokeKey,
  rotateKey,
  withOfficeKey,
  writeKeystore,
} from '@comity/node/beside';
import { readText } from '../output.ts';
import type { NodeSettings } from './config.ts';
import { requestOf } from './keystore.ts';
import { asOperator } from './operator.ts';

/** A key of a party as its operator sees it. */
export interface KeyRow {
  readonly id: string;
  readonly use: string;
  readonly from: Instant | null;
  readonly until: Instant | null;
  /** Whether it is the one that is taken now, holds beside it, begins later, has ended, or waits to be listed. */
  readonly state: 'present' | 'beside' | 'later' | 'ended' | 'unlisted';
}

/** The keys of a node's party: those of the directory, and those of the keystore that it does not list yet. Errors: `not-found` for the keystore. */
export async function listKeys(settings: NodeSettings): Promise<Result<readonly KeyRow[]>> {
  const held = await holderOf(settings);
  if (!held.ok) return held;
  const { party, keystore, now } = held.value;
  const listed = party.keys.map(
    ({ id, use, from, until = null }): KeyRow => ({ id, use, from, until, state: stateOf(party, id, now) }),
  );
  const waiting = ROTATED_USES.flatMap((use) =>
    keystore.keys[use]
      .filter(({ id }) => !listed.some((row) => row.id === id))
      .map(({ id, from = null }): KeyRow => ({ id, use, from, until: null, state: 'unlisted' })),
  );
  return ok([...listed, ...waiting]);
}

function stateOf(party: Party, id: string, now: Instant): KeyRow['state'] {
  const key = party.keys.find((one) => one.id === id);
  if (key === undefined) return 'unlisted';
  if (!holdsAt(key, now)) return key.from > now ? 'later' : 'ended';
  // A log signs with each of its keys at once.
  return key.use === 'log' || keyAt(party, key.use, now)?.id === id ? 'present' : 'beside';
}

/** What changes, as it was typed. */
export interface ChangeAsk {
  readonly use?: string;
  readonly id?: string;
  readonly reason: string;
  readonly from?: string;
  readonly since?: string;
  readonly overlapDays?: string;
  readonly successor?: boolean;
  readonly held?: string;
  readonly output: string;
}

const DAY = 86_400_000;

/** Makes the key that follows the present one of a use, logs that, and writes the statement for the directory's keeper. Errors: `field-invalid` with the option, `field-missing` for the passphrase. */
export async function rotate(settings: NodeSettings, ask: ChangeAsk): Promise<Result<KeyChanged>> {
  const held = await holderOf(settings);
  if (!held.ok) return held;
  const { now } = held.value;
  const [use, reason] = [ROTATED_USES.find((one) => one === ask.use), KEY_REASONS.find((one) => one === ask.reason)];
  const [from, days] = [ask.from ?? now, Number(ask.overlapDays ?? 7)];
  if (use === undefined) return refuse('field-invalid', '--use', { kind: ROTATED_USES.join(', ') });
  if (reason === undefined) return refuse('field-invalid', '--reason', { kind: KEY_REASONS.join(', ') });
  if (!isInstant(from) || from < now) return refuse('field-invalid', '--from', { kind: now });
  if (!(days >= 0 && days <= 400)) return refuse('field-invalid', '--overlap-days', { kind: '0-400' });
  const changed = await rotateKey(held.value, {
    use,
    reason,
    from,
    overlap: days * DAY,
    held: ask.held,
    ...officeOf(held.value),
  });
  return changed.ok ? keep(settings, changed.value, ask.output) : changed;
}

/** Revokes a key, makes its successor unless told otherwise, logs that, and writes the statement. Errors: `not-found` for the key, `field-invalid` with the option, `field-missing` for the passphrase. */
export async function revoke(settings: NodeSettings, ask: ChangeAsk): Promise<Result<KeyChanged>> {
  const held = await holderOf(settings);
  if (!held.ok) return held;
  const { now } = held.value;
  const reason = KEY_REASONS.find((one) => one === ask.reason);
  const since = ask.since ?? now;
  if (reason === undefined) return refuse('field-invalid', '--reason', { kind: KEY_REASONS.join(', ') });
  if (!isInstant(since) || since > now) return refuse('field-invalid', '--since', { kind: now });
  const revocation = { id: ask.id ?? '', reason, since, replace: ask.successor ?? true, ...officeOf(held.value) };
  const changed = await revokeKey(held.value, revocation);
  return changed.ok ? keep(settings, changed.value, ask.output) : changed;
}

/** Writes an office key, as it lies in the keystore under its passphrase, to a file of its own: for its officers to part among them. Errors: `not-found`. */
export async function exportOffice(
  settings: NodeSettings,
  ask: { readonly id: string; readonly output: string },
): Promise<Result<string>> {
  const held = await holderOf(settings);
  if (!held.ok) return held;
  const key = officeKeyOf(held.value.keystore, ask.id);
  if (key.ok) writeFileSync(ask.output, key.value, { mode: 0o600, flag: 'wx' });
  return key;
}

/** Puts an office key that was brought back, or is under another passphrase now, into the keystore. Errors: `field-missing` for its passphrase, and those of `withOfficeKey`. */
export async function importOffice(
  settings: NodeSettings,
  ask: { readonly id: string; readonly file: string },
): Promise<Result<'kept'>> {
  const held = await holderOf(settings);
  if (!held.ok) return held;
  const { passphrase } = settings;
  if (passphrase === undefined) return refuse('field-missing', 'COMITY_PASSPHRASE');
  const text = readText(ask.file);
  if (!text.ok) return text;
  const grown = await withOfficeKey(held.value, { id: ask.id, protected: text.value, passphrase });
  if (!grown.ok) return grown;
  await writeKeystore(settings.keystore, grown.value, held.value.request.secret);
  return ok('kept');
}

interface Holder {
  readonly keystore: Keystore;
  readonly request: KeystoreRequest;
  readonly device: KeyDevice | undefined;
  readonly party: Party;
  readonly now: Instant;
}

async function holderOf(settings: NodeSettings): Promise<Result<Holder>> {
  if (!existsSync(settings.keystore)) return refuse('not-found', `keystore: ${settings.keystore}`);
  const now = toInstant(Date.now());
  const { party } = enterDirectory(settings, now);
  const request = await requestOf(settings);
  const device = await settings.device?.open();
  return ok({ keystore: await openKeystore(settings.keystore, request), request, party, now, device });
}

function officeOf({ request }: Holder): { readonly office?: KeystoreRequest } {
  return request.passphrase === '' ? {} : { office: request };
}

/** The key first, then the log, then the statement: after a crash the command is given again, and states the key that is there. */
async function keep(settings: NodeSettings, changed: KeyChanged, output: string): Promise<Result<KeyChanged>> {
  await writeKeystore(settings.keystore, changed.keystore, (await requestOf(settings)).secret);
  await asOperator(settings, (operator) => operator.logKeyChange(changed.statement));
  writeFileSync(output, `${JSON.stringify(changed.statement, null, 2)}\n`);
  return ok(changed);
}
