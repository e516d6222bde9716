import { type Act, actBytes, actDigest, type Directory, holdsAt, type Party, type PersonCard, personOf } from '@comity/core';
import type { CaseFile } from './casefile.ts';
import { type Finding, finding } from './report.ts';
import { type Functions, fits, type KnownAct, partyOf } from './scene.ts';

/** What is needed to look at acts one by one. */
export interface ActScene extends Functions {
  readonly file: CaseFile;
  readonly directory: Directory;
}

/** Reads every act of the file on its own: case, environment, signers, keys as of its time, both signatures. */
export function readActs(scene: ActScene): { readonly acts: readonly KnownAct[]; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const acts = new Map<string, KnownAct>();
  for (const act of scene.file.acts) {
    const digest = actDigest(act.body, scene.sha256);
    if (acts.has(digest)) {
      findings.push(finding('act-twice', { act: digest }, { type: act.body.type }));
      continue;
    }
    const wrong = [...checkPlace(scene, act, digest), ...checkSigners(scene, act, digest)];
    findings.push(...wrong);
    const sound = wrong.every(({ kind }) => kind === 'departure');
    acts.set(digest, { act, body: act.body, digest, sound, signed: !wrong.some(({ code }) => code === 'act-altered') });
  }
  return { acts: [...acts.values()], findings: [...findings, ...checkForks([...acts.values()])] };
}

function checkPlace({ file }: ActScene, { body }: Act, act: string): readonly Finding[] {
  const about = { act, party: body.by.party };
  if (body.case !== file.case) return [finding('act-elsewhere', about, { type: body.type })];
  return body.env === file.env ? [] : [finding('environment', about, { type: body.type, given: body.env, trusted: file.env })];
}

function checkSigners(scene: ActScene, act: Act, digest: string): readonly Finding[] {
  const { body } = act;
  const about = { act: digest, party: body.by.party };
  const values = { type: body.type, party: body.by.party, person: body.by.person };
  const party = partyOf(scene.directory, body.by.party);
  const person = party === undefined ? undefined : personOf(party, body.by.person);
  if (party === undefined || person === undefined) return [finding('signer-unknown', about, values)];
  const keys = party.keys.filter((key) => key.use === 'sign');
  const partyKey = keys.find((key) => act.signatures.some((signature) => signature.key === key.id));
  if (partyKey === undefined) return [finding('act-altered', about, values)];
  if (![party, person.key, partyKey].every((span) => holdsAt(span, body.at))) return [finding('key-not-valid', about, values)];
  // Exactly these two sign: a third signature is nobody's that the directory names here.
  const signed = act.signatures.length === 2 && [person.key, partyKey].every((key) => signedBy(scene, act, key));
  if (!signed) return [finding('act-altered', about, values)];
  return checkRights({ party, person }, act, digest);
}

function signedBy(scene: ActScene, act: Act, key: { readonly id: string; readonly public: string }): boolean {
  const given = act.signatures.find((signature) => signature.key === key.id);
  return given !== undefined && fits(scene, actBytes(act.body), { key: key.public, signature: given.signature });
}

/** The role that the person claims, and the power under which the party sits where it does. */
function checkRights(
  { party, person }: { readonly party: Party; readonly person: PersonCard },
  { body }: Act,
  act: string,
): readonly Finding[] {
  const { role, seat } = body.by;
  const about = { act, party: party.id };
  const values = { type: body.type, party: party.id, person: person.id, role, seat };
  const empowered = party.powers.some((power) => power.procedure === body.procedure.id && power.seat === seat);
  return [
    ...(person.roles.includes(role) ? [] : [finding('role-not-held', about, values)]),
    ...(empowered ? [] : [finding('power-not-held', about, values)]),
  ];
}

/** One id, two texts, both signed: whoever signed has said two things. */
function checkForks(acts: readonly KnownAct[]): readonly Finding[] {
  const first = new Map<string, KnownAct>();
  return acts.flatMap((act) => {
    const other = first.get(act.body.id);
    if (act.sound && other === undefined) first.set(act.body.id, act);
    if (!act.sound || other === undefined) return [];
    return [finding('act-forked', { act: act.digest, party: act.body.by.party }, { type: act.body.type, other: other.digest })];
  });
}
