import { createPrivateKey, randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { evidencePublicKey, evidenceSigner, makeEvidenceCertificate, newEvidenceKey } from '@comity/formats/container';
import { Command } from 'commander';
import { print, refuseWith } from '../../output.ts';
import { say } from '../../words.ts';

interface Options {
  readonly organisation: string;
  readonly country: string;
  readonly years: string;
  readonly key: string;
  readonly cert: string;
  readonly json?: boolean;
}

/** `comity container certificate`: a key with a certificate of the organisation's own, for one that has none of a trust service. */
export function certificateCommand(): Command {
  return new Command('certificate')
    .description(say('container.certificate'))
    .requiredOption('--organisation <name>', say('container.certificate.organisation'))
    .requiredOption('--country <code>', say('container.certificate.country'))
    .requiredOption('--key <file>', say('container.certificate.key'))
    .requiredOption('--cert <file>', say('container.certificate.cert'))
    .option('--years <number>', say('container.certificate.years'), '3')
    .option('--json', say('option.json'))
    .action(run);
}

async function run({ organisation, country, years, key, cert, json = false }: Options): Promise<void> {
  if (!/^[A-Z]{2}$/.test(country))
    return refuseWith({ code: 'field-invalid', field: '--country', values: { kind: 'ISO 3166' } }, { json });
  if (!/^[1-9]$/.test(years)) return refuseWith({ code: 'field-invalid', field: '--years', values: { kind: '1-9' } }, { json });
  const taken = [key, cert].find(existsSync);
  // A key that is overwritten is lost.
  if (taken !== undefined) return refuseWith({ code: 'field-invalid', field: taken, values: { kind: 'new file' } }, { json });
  const jwk = await newEvidenceKey();
  const [from, until] = [new Date(), new Date()];
  until.setUTCFullYear(until.getUTCFullYear() + Number(years));
  const certificate = await makeEvidenceCertificate({
    organisation,
    country,
    commonName: 'Evidence seal',
    from: from.toISOString(),
    until: until.toISOString(),
    serial: randomBytes(16),
    publicKey: evidencePublicKey(jwk),
    sign: evidenceSigner(jwk),
  });
  writeFileSync(key, createPrivateKey({ key: { ...jwk }, format: 'jwk' }).export({ format: 'pem', type: 'pkcs8' }), {
    mode: 0o600,
  });
  writeFileSync(cert, pemOf(certificate));
  print(json ? JSON.stringify({ ok: true, key, cert }) : say('container.certificate.made', { key, cert }));
}

function pemOf(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
