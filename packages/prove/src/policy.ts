import type { VerifierKey } from './key.ts';

/**
 * A log that is believed when one of these keys signed; when keys of both kinds are known (Ed25519 note keys, ML-DSA-44 keys), one of
 * each kind: a missing one would be a downgrade. Cosigning Ed25519 keys are no keys of a log.
 */
export interface KnownLog {
  readonly origin: string;
  readonly keys: readonly VerifierKey[];
}

/** A party that watches logs; its name is the reader's, its key's name is its own. */
export interface KnownWitness {
  readonly name: string;
  readonly key: VerifierKey;
}

/** A log of a policy. Its key's name is the log's origin. */
export interface PolicyLog {
  readonly key: VerifierKey;
  readonly url?: string;
}

/** A witness of a policy: the name is the policy's, the key's name is the witness's own. */
export interface PolicyWitness extends KnownWitness {
  readonly url?: string;
}

/** Some of whose members must have witnessed; a member is a witness or a group that stands before it. */
export interface PolicyGroup {
  readonly name: string;
  readonly atLeast: number;
  readonly members: readonly string[];
}

/** Who must have signed and cosigned a checkpoint (C2SP tlog-policy). */
export interface Policy {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  readonly groups: readonly PolicyGroup[];
  /** Name of a witness or group, or `none`. */
  readonly quorum: string;
}

/** The quorum that asks for nobody. */
export const NO_QUORUM = 'none';

/** Whether witnesses of these names are enough for the quorum of a policy. Names that the policy does not know count for nothing. */
export function meetsQuorum(policy: Policy, names: ReadonlySet<string>): boolean {
  if (policy.quorum === NO_QUORUM) return true;
  const met = new Set(policy.witnesses.map(({ name }) => name).filter((name) => names.has(name)));
  // Groups refer backwards only, so one pass in their order decides them all.
  for (const { name, atLeast, members } of policy.groups)
    if (members.filter((member) => met.has(member)).length >= atLeast) met.add(name);
  return met.has(policy.quorum);
}

/**
 * The policy for the log of somebody who is one of its witnesses: nobody watches themselves. A group that nobody else is in asks for nothing; one that asks for more
 * members than it has left asks for all of these.
 */
export function policyApart(policy: Policy, own: ReadonlySet<string>): Policy {
  const gone = new Set(policy.witnesses.map(({ name }) => name).filter((name) => own.has(name)));
  const groups: PolicyGroup[] = [];
  for (const group of policy.groups) {
    const members = group.members.filter((member) => !gone.has(member));
    if (members.length === 0) gone.add(group.name);
    else groups.push({ ...group, members, atLeast: Math.min(group.atLeast, members.length) });
  }
  const witnesses = policy.witnesses.filter(({ name }) => !gone.has(name));
  return gone.has(policy.quorum) ? policy : { ...policy, witnesses, groups };
}

/**
 * The organisations that can meet the quorum alone, by the caller's own knowledge of whose each witness is: a configuration with one of
 * them is to be refused, since that organisation could show two histories to two readers. `nobody-needed` when no cosignature is asked
 * for at all, which is a decision of its own.
 */
export function soleOrganisations(
  policy: Policy,
  organisationOf: (witnessName: string) => string,
): 'nobody-needed' | readonly string[] {
  if (meetsQuorum(policy, new Set())) return 'nobody-needed';
  const witnesses = Map.groupBy(policy.witnesses, ({ name }) => organisationOf(name));
  return [...witnesses].flatMap(([organisation, own]) =>
    meetsQuorum(policy, new Set(own.map(({ name }) => name))) ? [organisation] : [],
  );
}

/**
 * The logs of a policy as a check takes them. Decision: C2SP tlog-policy accepts a checkpoint that one of the listed keys signed; here
 * the lines with one origin are one log, and if they list keys of both kinds a checkpoint needs a signature of each.
 */
export function logsOf(policy: Policy): readonly KnownLog[] {
  const keys = Map.groupBy(
    policy.logs.map(({ key }) => key),
    ({ name }) => name,
  );
  return [...keys].map(([origin, own]) => ({ origin, keys: own }));
}
