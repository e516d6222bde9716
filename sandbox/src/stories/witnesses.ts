import { mlDsa44SignerOf, newMlDsa44Key, sha256 } from '@comity/node';
import { cosign, formatNote, formatVerifierKey, MLDSA_COSIGNATURE, type NoteSigner, parseNote, verifierKey } from '@comity/prove';
import type { CaseFile, LogExtract } from '@comity/verify';
import type { Scene, Tampering } from './tampering.ts';

const LIAR = 'ie-skymail';
const [AUTHORITY, PARLIAMENT] = ['data-protection.example/witness', 'parliament.example/witness'];

/** What can be done about witnesses: a cosignature that was never given, and a quorum that one organisation makes alone. */
export async function withWitnesses({ file, trust }: Scene): Promise<readonly Tampering[]> {
  const honest = [newWitness(AUTHORITY), newWitness(PARLIAMENT)];
  const asked = { ...trust, policy: policyOf(honest) };
  const witnessed = await cosigned(file, honest);
  const impostor = [newWitness(AUTHORITY, honest[0]), honest[1] ?? newWitness(PARLIAMENT)];
  const [forged] = (await cosigned({ ...file, logs: file.logs.filter(({ party }) => party === LIAR) }, impostor)).logs;
  const own = [newWitness('ie-skymail.example/first'), newWitness('ie-skymail.example/second')];
  const withForged = {
    ...witnessed,
    logs: witnessed.logs.map((log) => (forged !== undefined && log.origin === forged.origin ? forged : log)),
  };
  return [
    { name: 'witness-forged', trust: asked, file: withForged, expect: { code: 'witness-forged', about: { party: LIAR } } },
    {
      name: 'quorum-of-one',
      trust: { ...trust, policy: policyOf(own) },
      file: await cosigned(file, own),
      expect: { code: 'trust-file-invalid', about: {} },
    },
  ];
}

/** A witness of this name; with `instead` of another one, it signs under that one's key id, which it does not hold the key of. */
function newWitness(name: string, instead?: NoteSigner): NoteSigner {
  const jwk = newMlDsa44Key();
  const key = verifierKey({ name, kind: MLDSA_COSIGNATURE, publicKey: Buffer.from(jwk.pub, 'base64url') }, sha256);
  return { key: instead?.key ?? key, sign: mlDsa44SignerOf(jwk) };
}

function policyOf(witnesses: readonly NoteSigner[]): string {
  const lines = witnesses.map(({ key }, i) => `witness w${i} ${formatVerifierKey(key)}\n`);
  return `${lines.join('')}group all all ${witnesses.map((_, i) => `w${i}`).join(' ')}\nquorum all\n`;
}

async function cosigned(file: CaseFile, witnesses: readonly NoteSigner[]): Promise<CaseFile> {
  return { ...file, logs: await Promise.all(file.logs.map((log) => cosignedLog(log, witnesses))) };
}

async function cosignedLog(log: LogExtract, witnesses: readonly NoteSigner[]): Promise<LogExtract> {
  const note = parseNote(log.checkpoint);
  if (!note.ok) throw new Error(note.detail);
  const { text, signatures } = note.value;
  const time = BigInt(Math.floor(Date.now() / 1000));
  const lines = await Promise.all(witnesses.map(({ key, sign }) => cosign({ text, time }, key, sign)));
  return { ...log, checkpoint: formatNote({ text, signatures: [...signatures, ...lines] }) };
}
