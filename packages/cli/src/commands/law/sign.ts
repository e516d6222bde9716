import { generateKeyPairSync } from 'node:crypto';
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ok, type Result } from '@comity/core';
import { type PrivateJwk, sha256Hex } from '@comity/node/keys';
import { readSignatures, SIGNATURES, signLawIndex } from '@comity/node/signature';
import { Command } from 'commander';
import { print, readText, refuseWith } from '../../output.ts';
import { PACKS } from '../../places.ts';
import { readSigningKey } from '../../signingKey.ts';
import { say } from '../../words.ts';

interface Options {
  readonly law: string;
  readonly key: string;
  readonly json?: boolean;
}

/** `comity law sign`: vouches for compiled packs as their publisher. A node applies only packs whose signer it trusts. */
export function signCommand(): Command {
  return new Command('sign')
    .description(say('law.sign'))
    .requiredOption('--key <file>', say('law.key'))
    .option('--law <dir>', say('assess.law'), PACKS)
    .option('--json', say('option.json'))
    .action(run);
}

function run({ law, key: keyFile, json = false }: Options): void {
  const index = readText(join(law, 'index.json'));
  if (!index.ok) {
    refuseWith(index.refusal, { json });
    return;
  }
  const key = keyIn(keyFile);
  if (!key.ok) {
    refuseWith(key.refusal, { json });
    return;
  }
  const signed = signLawIndex(index.value, key.value);
  const file = join(law, SIGNATURES);
  const others = readSignatures(file).filter(({ signer }) => signer !== signed.signer);
  // Whole or not at all: the signatures of others stand in it.
  writeFileSync(`${file}.part`, `${JSON.stringify([...others, signed], null, 2)}\n`);
  renameSync(`${file}.part`, file);
  print(
    json
      ? JSON.stringify({ ok: true, signer: signed.signer, index: sha256Hex(index.value) })
      : say('law.signed', { signer: signed.signer }),
  );
}

/** The publisher's key in a file; one is made, readable by its owner alone, where there is none. */
function keyIn(file: string): Result<PrivateJwk> {
  if (!existsSync(file)) {
    const { x = '', d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
    const made: PrivateJwk = { kty: 'OKP', crv: 'Ed25519', x, d };
    writeFileSync(file, `${JSON.stringify(made)}\n`, { mode: 0o600 });
    return ok(made);
  }
  return readSigningKey(file);
}
