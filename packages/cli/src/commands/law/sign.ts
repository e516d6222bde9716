import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, ok, type Result, refuse } from '@comity/core';
import { type PrivateJwk, sha256Hex } from '@comity/node/keys';
import { readSignatures, SIGNATURES, signLawIndex } from '@comity/node/signature';
import { Command } from 'commander';
import { print, readJson, refuseWith } from '../../output.ts';
import { PACKS } from '../../places.ts';
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

function run({ law, key: file, json = false }: Options): void {
  const key = keyIn(file);
  if (!key.ok) {
    refuseWith(key.refusal, { json });
    return;
  }
  const index = readFileSync(join(law, 'index.json'), 'utf8');
  const signed = signLawIndex(index, key.value);
  const others = readSignatures(join(law, SIGNATURES)).filter(({ signer }) => signer !== signed.signer);
  writeFileSync(join(law, SIGNATURES), `${JSON.stringify([...others, signed], null, 2)}\n`);
  print(
    json
      ? JSON.stringify({ ok: true, signer: signed.signer, index: sha256Hex(index) })
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
  const json = readJson(file);
  if (!json.ok) return json;
  const jwk = json.value;
  const sound =
    isJsonObject(jwk) &&
    jwk['kty'] === 'OKP' &&
    jwk['crv'] === 'Ed25519' &&
    typeof jwk['x'] === 'string' &&
    typeof jwk['d'] === 'string';
  // Checked above, member by member.
  return sound ? ok(jwk as unknown as PrivateJwk) : refuse('field-invalid', '--key', { kind: 'Ed25519 JWK' });
}
