import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { canonicalJson, isInstant, type JsonObject, ok, type Result, refuse, toInstant } from '@comity/core';
import { ETSI_VERSION, entry, isKnown, messageJson, orderActions, orderIds, PROFILE, signMessage } from '@comity/formats/hi1';
import { type PrivateJwk, sha256, signerOf } from '@comity/node/keys';
import { openCaseFile } from '@comity/verify';
import { Command } from 'commander';
import { orderOf } from '../../hi1/order.ts';
import { print, refuseWith } from '../../output.ts';
import { readSigningKey } from '../../signingKey.ts';
import { readCase } from '../../verify/readCase.ts';
import { say } from '../../words.ts';

interface Options {
  readonly output?: string;
  readonly typeOfCase: string;
  readonly preserveUntil?: string;
  readonly existence?: boolean;
  readonly key?: string;
  readonly kid?: string;
  readonly json?: boolean;
}

/** `comity hi1 write CASEFILE`: the order of a case as a message. */
export function writeCommand(): Command {
  return new Command('write')
    .description(say('hi1.write'))
    .argument('<file>', say('hi1.write.file'))
    .option('-o, --output <file>', say('hi1.write.output'))
    .option('--type-of-case <value>', say('hi1.write.type-of-case'), 'NotSpecified')
    .option('--preserve-until <instant>', say('hi1.write.preserve-until'))
    .option('--existence', say('hi1.write.existence'))
    .option('--key <file>', say('hi1.write.key'))
    .option('--kid <id>', say('hi1.write.kid'))
    .option('--json', say('option.json'))
    .action(run);
}

async function run(file: string, options: Options): Promise<void> {
  const { json = false, output } = options;
  const message = await messageFrom(file, options);
  if (!message.ok) return refuseWith(message.refusal, { json });
  const text = canonicalJson(message.value);
  if (output === undefined) return print(text);
  try {
    writeFileSync(output, `${text}\n`, { flag: 'wx', mode: 0o600 });
  } catch {
    // There is a file of that name, or it cannot be written there.
    return refuseWith({ code: 'file-exists', field: output }, { json });
  }
  print(json ? JSON.stringify({ ok: true, file: output }) : say('hi1.written', { file: output }));
}

async function messageFrom(file: string, options: Options): Promise<Result<JsonObject>> {
  const { typeOfCase, preserveUntil, existence = false } = options;
  if (!isKnown(entry('ETSI', 'AuthorisationTypeOfCase', typeOfCase))) return refuse('field-invalid', '--type-of-case');
  if (preserveUntil !== undefined && !isInstant(preserveUntil))
    return refuse('field-invalid', '--preserve-until', { kind: '2026-11-22T08:00:00.000Z' });
  const content = readCase(file);
  if (!content.ok) return content;
  const open = openCaseFile(content.value, sha256);
  if (!open.ok) return open;
  const order = orderOf(open.value, { typeOfCase, existence, ...(preserveUntil === undefined ? {} : { preserveUntil }) });
  if (!order.ok) return order;
  const actions = orderActions(order.value, orderIds(order.value, sha256));
  if (!actions.ok) return actions;
  const header = {
    sender: order.value.from,
    receiver: order.value.to,
    transaction: randomUUID(),
    at: toInstant(Date.now()),
    version: { etsi: ETSI_VERSION, ...PROFILE },
  };
  return signed(messageJson({ header, body: { kind: 'request', actions: actions.value } }), options);
}

async function signed(message: JsonObject, { key: file, kid }: Options): Promise<Result<JsonObject>> {
  if (file === undefined) return ok(message);
  if (kid === undefined) return refuse('field-missing', '--kid');
  const key: Result<PrivateJwk> = readSigningKey(file);
  if (!key.ok) return key;
  const sign = signerOf(key.value);
  return ok(await signMessage(message, { kid, alg: 'EdDSA', sign: async (bytes) => sign(bytes) }));
}
