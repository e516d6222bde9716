import { directoryBytes, type Instant } from '@comity/core';
import { decisionsOf } from '@comity/procedure';
import { decodeEntry, NO_QUORUM, type Policy, parseProof } from '@comity/prove';
import { type DestructionCertificate, parseCertificate } from './certificate.ts';
import { readActs } from './check-acts.ts';
import { logAt, originOfNote } from './log-keys.ts';
import { parseExtra } from './proof-extra.ts';
import { type CaseVerdict, type Finding, finding, verdictOf } from './report.ts';
import { type Functions, fits, type KnownAct, ownerOf } from './scene.ts';
import type { Trust } from './trust.ts';
import { verifyProof } from './verify-proof.ts';

/** Who said something, and when. */
export interface Said {
  readonly party: string;
  readonly person: string;
  readonly role: string;
  readonly at: Instant;
  /** Digest of the act. */
  readonly act: string;
}

/** One copy that a certificate says is gone. */
export interface DestroyedCopy {
  readonly item: string;
  readonly ciphertext: string;
  readonly method: string;
  /** When the holder had looked for what was left, and found nothing. */
  readonly verified: Instant;
  readonly destroyed: Said;
  /** The other side's word that this is enough for these data; absent: not yet given. */
  readonly validated?: Said;
}

/** What the verifier says of a certificate of destruction. */
export interface DestructionReport {
  readonly verdict: CaseVerdict;
  readonly case: string;
  readonly madeBy: string;
  readonly copies: readonly DestroyedCopy[];
  readonly findings: readonly Finding[];
}

/**
 * Whether a certificate of destruction holds: directory, both signatures of each act by keys that held then, its place in a log, what was destroyed and how, and whether
 * somebody of another organisation has validated it. That bytes are gone no certificate can prove: it proves who answers for it. Needs no network and no clock.
 */
export function verifyDestruction(file: unknown, trust: Trust, functions: Functions): DestructionReport {
  const parsed = parseCertificate(file);
  if (!parsed.ok) return report({ case: '', madeBy: '' }, [finding('form', {}, { path: parsed.refusal.field ?? '' })]);
  const certificate = parsed.value;
  const strangers = checkDirectory(certificate, trust, functions);
  if (strangers.length > 0) return report(certificate, strangers);
  const { directory } = certificate.directory;
  // An act alone is judged as in a case file; what else such a file holds is not asked.
  const asFile = {
    ...certificate,
    format: 'comity-case',
    v: 2,
    procedure: null,
    law: {},
    logs: [],
    logsAbsent: [],
    receipts: [],
  } as const;
  const { acts, findings } = readActs({ file: asFile, directory, ...functions });
  const proven = acts.flatMap((act) => checkProven(certificate, act, { trust, functions }));
  const copies = acts.filter((act) => act.sound).flatMap((act) => copiesOfAct(act, acts));
  const open = copies.filter(({ validated }) => validated === undefined);
  return report(
    certificate,
    [
      ...findings,
      ...proven,
      ...(copies.length === 0 ? [finding('destruction-missing')] : []),
      ...open.map(({ item, destroyed }) =>
        finding('destruction-unvalidated', { act: destroyed.act, item }, { item, party: destroyed.party }),
      ),
    ],
    copies,
  );
}

function report(
  about: Pick<DestructionReport, 'case' | 'madeBy'>,
  findings: readonly Finding[],
  copies: readonly DestroyedCopy[] = [],
): DestructionReport {
  return { verdict: verdictOf(findings), case: about.case, madeBy: about.madeBy, copies, findings };
}

function checkDirectory(certificate: DestructionCertificate, trust: Trust, functions: Functions): readonly Finding[] {
  const { directory, signature } = certificate.directory;
  if (!fits(functions, directoryBytes(directory), { key: trust.directoryKey, signature })) return [finding('directory-forged')];
  const stranger = [certificate.env, directory.env].find((env) => env !== trust.env);
  return stranger === undefined ? [] : [finding('environment', {}, { given: stranger, trusted: trust.env, type: '' })];
}

/** The log of whoever made the certificate holds the act: as its own, or as one that it received. */
function checkProven(
  { proofs, madeBy, directory: { directory }, madeAt }: DestructionCertificate,
  { digest, body }: KnownAct,
  { trust, functions }: { readonly trust: Trust; readonly functions: Functions },
): readonly Finding[] {
  const about = { act: digest, party: madeBy };
  const proof = Object.hasOwn(proofs, digest) ? proofs[digest] : undefined;
  const read = proof === undefined ? undefined : parseProof(proof);
  if (proof === undefined || read?.ok !== true) return [finding('act-unproven', about, { type: body.type, party: madeBy })];
  const origin = originOfNote(read.value.checkpoint) ?? '';
  const log = logAt({ directory, ...functions }, origin, madeAt);
  const policy: Policy = {
    ...(trust.policy ?? { witnesses: [], groups: [], quorum: NO_QUORUM }),
    logs: log.keys.map((key) => ({ key })),
  };
  const { findings } = verifyProof(proof, policy, functions);
  const extra = parseExtra(read.value.extra);
  const entry = extra === undefined ? undefined : decodeEntry(extra.entry);
  const says = entry?.ok === true && entry.value.act === digest && /^(act|received)\./.test(entry.value.t);
  const theirs = ownerOf(directory, origin)?.id === madeBy;
  return says && theirs ? findings : [...findings, finding('act-unproven', about, { type: body.type, party: madeBy })];
}

/** The copies that an act destroyed: a decision that names the sealed file, the method, and when nothing was found any more. */
function copiesOfAct(act: KnownAct, acts: readonly KnownAct[]): readonly DestroyedCopy[] {
  return decisionsOf(act.body.data).flatMap(({ item, ciphertext, method, verified }): DestroyedCopy[] => {
    if (typeof ciphertext !== 'string' || typeof method !== 'string' || typeof verified !== 'string') return [];
    const validating = acts.find((other) => other.sound && validates(other, act, { item, ciphertext }));
    return [
      {
        item,
        ciphertext,
        method,
        verified,
        destroyed: saidBy(act),
        ...(validating === undefined ? {} : { validated: saidBy(validating) }),
      },
    ];
  });
}

/** Another organisation, later, about the same sealed file: whoever destroys does not validate. */
function validates(
  { body }: KnownAct,
  destruction: KnownAct,
  copy: { readonly item: string; readonly ciphertext: string },
): boolean {
  const same = decisionsOf(body.data).some(
    (d) =>
      d.item === copy.item && d['ciphertext'] === copy.ciphertext && d['method'] === undefined && d['manifest'] === undefined,
  );
  return same && body.by.party !== destruction.body.by.party && body.at >= destruction.body.at;
}

function saidBy({ body, digest }: KnownAct): Said {
  const { party, person, role } = body.by;
  return { party, person, role, at: body.at, act: digest };
}
