import { checkSignedCheckpoint, type KnownLog, openNote, type Policy } from '@comity/prove';
import { type Finding, finding } from './report.ts';
import type { Functions } from './scene.ts';

/** A checkpoint whose log has signed it, and whose cosignatures are asked for. */
export interface Witnessed {
  readonly note: string;
  readonly log: KnownLog;
  readonly policy: Policy;
}

/** Whether the witnesses of a policy have cosigned, and whether a cosignature is there that one of them never gave. */
export function witnessFindings(
  { note, log, policy }: Witnessed,
  { about, party }: { readonly about: Finding['about']; readonly party: string },
  { sha256, checks }: Functions,
): readonly Finding[] {
  const forged = policy.witnesses.filter(({ key }) => {
    const cosigned = openNote(note, [key], checks);
    return !cosigned.ok && cosigned.code === 'note-signature';
  });
  if (forged.length > 0) return forged.map(({ key }) => finding('witness-forged', about, { party, witness: key.name }));
  const met = checkSignedCheckpoint(note, { logs: [log], quorum: policy, sha256, checks });
  return met.ok ? [] : [finding('unwitnessed', about, { party })];
}
