import { type Directory, holdsAt, type Instant, type Party } from '@comity/core';
import {
  formatPolicy,
  NO_QUORUM,
  NOTE_SIGNATURE,
  type Policy,
  type PolicyGroup,
  type PolicyWitness,
  parsePolicy,
  parseVerifierKey,
  soleOrganisations,
} from '@comity/prove';
import { sha256 } from '../keys/crypto.ts';
import type { House } from './house.ts';
import { logOf } from './places.ts';

/** Which kinds of party are which role of a quorum; every other kind is a counterparty. */
const ROLES: Readonly<Record<string, string>> = { overseer: 'oversight', venue: 'neutral' };
const COUNTERPARTIES = 'counterparties';
const QUORUM = 'every-role';

/** Below this path of a node's address it answers as a witness (C2SP tlog-witness). */
export const WITNESS_PATH = '/peer/witness';

/**
 * Who must have cosigned a checkpoint, by role: one counterparty, one overseer, one neutral venue, as far as the directory has them and without the party
 * itself. Where one organisation alone would be the quorum, nobody is asked for: that is no quorum.
 */
export function policyByRole(directory: Directory, about: { readonly now: Instant; readonly except?: string }): Policy {
  const parties = directory.parties.filter((party) => party.id !== about.except && holdsAt(party, about.now));
  const witnesses = parties.flatMap((party) => witnessOf(party, about.now) ?? []);
  const roles = Map.groupBy(witnesses, ({ name }) => roleOf(parties, name));
  const groups = [...roles].map(
    ([name, members]): PolicyGroup => ({ name, atLeast: 1, members: members.map((one) => one.name) }),
  );
  const all = { name: QUORUM, atLeast: groups.length, members: groups.map(({ name }) => name) };
  const policy = { logs: [], witnesses, groups: [...groups, all], quorum: QUORUM };
  return groups.length > 0 && soleIn(policy).length === 0 ? policy : { logs: [], witnesses, groups: [], quorum: NO_QUORUM };
}

/** The policy as its file says it. */
export function policyText(policy: Policy): string {
  return formatPolicy(policy, sha256);
}

/**
 * The policy of this node's log of one year, as a file with which a proof from that log can be checked: the log's keys under that year's name, and the witnesses. One file holds one year:
 * its logs share their keys, and a policy lists a key once (C2SP tlog-policy).
 */
export function policyOfLog(house: Pick<House, 'now' | 'party' | 'logOrigin' | 'witnesses'>, year: number): string {
  const url = new URL(`/public/log/${year}`, house.party.endpoint).href;
  const { keys } = logOf(house, house.party, house.logOrigin(year));
  return policyText({ ...house.witnesses.policy, logs: keys.map((key) => ({ key, url })) });
}

/** Reads the policy that a node is configured with. Throws, in words, on what is none and on a quorum that one organisation can meet alone. */
export function readNodePolicy(text: string): Policy {
  const policy = parsePolicy(text, sha256);
  if (!policy.ok) throw new Error(`The policy of witnesses cannot be read: ${policy.detail}.`);
  const sole = soleIn(policy.value);
  if (sole.length > 0)
    throw new Error(
      `The policy of witnesses lets ${sole.join(', ')} meet the quorum alone. Ask for the cosignatures of two organisations at least.`,
    );
  return policy.value;
}

function soleIn(policy: Policy): readonly string[] {
  const host = (name: string): string => policy.witnesses.find((witness) => witness.name === name)?.key.name.split('/')[0] ?? '';
  const sole = soleOrganisations(policy, host);
  return sole === 'nobody-needed' ? [] : sole;
}

function witnessOf(party: Party, now: Instant): PolicyWitness | undefined {
  const key = party.keys.find((candidate) => candidate.use === 'witness' && holdsAt(candidate, now));
  const parsed = key === undefined ? undefined : parseVerifierKey(key.public, sha256);
  if (parsed === undefined || !parsed.ok || parsed.value.kind === NOTE_SIGNATURE) return undefined;
  return { name: party.id, key: parsed.value, url: new URL(WITNESS_PATH, party.endpoint).href };
}

function roleOf(parties: readonly Party[], id: string): string {
  return ROLES[parties.find((party) => party.id === id)?.kind ?? ''] ?? COUNTERPARTIES;
}
