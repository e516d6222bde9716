import { ok, type Result, refuse } from '@comity/core';
import { NO_QUORUM, type Policy, parsePolicy, type Sha256, soleOrganisations } from '@comity/prove';

/**
 * Reads a policy (C2SP tlog-policy): whose cosignatures a checkpoint needs. Refuses `trust-file-invalid` with what is wrong, and with the name of an organisation
 * that could meet the quorum alone: it could show two histories to two readers. Whose a witness is, its key's name tells: the host before the first slash.
 */
export function readPolicy(text: string | Uint8Array, sha256: Sha256): Result<Policy> {
  const policy = parsePolicy(text, sha256);
  if (!policy.ok) return refuse('trust-file-invalid', 'policy', { detail: policy.detail });
  if (policy.value.quorum === NO_QUORUM) return ok(policy.value);
  const sole = soleOrganisations(policy.value, (witness) => organisationOf(policy.value, witness));
  return sole !== 'nobody-needed' && sole.length === 0
    ? ok(policy.value)
    : refuse('trust-file-invalid', 'policy', { sole: sole === 'nobody-needed' ? '' : sole.join(' ') });
}

function organisationOf({ witnesses }: Policy, witness: string): string {
  return witnesses.find(({ name }) => name === witness)?.key.name.split('/')[0] ?? '';
}
