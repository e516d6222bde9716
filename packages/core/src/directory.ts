import { fromBase64Url, utf8 } from './bytes.ts';
import type { Ed25519Verify } from './digest.ts';
import { canonicalJson } from './json.ts';
import { type Directory, holdsAt, type Party, type PartyKey, type PersonCard, type SignedDirectory } from './party.ts';
import { ok, type Result, refuse } from './result.ts';
import { type Instant, isInstant } from './time.ts';

/** The bytes of a directory that its keeper signs. */
export function directoryBytes(directory: Directory): Uint8Array {
  return utf8(`comity/directory/v1\n${canonicalJson(directory)}`);
}

/** Checks the keeper's signature and that the directory has not run out. */
export function openDirectory(
  signed: SignedDirectory,
  key: string,
  check: { readonly verify: Ed25519Verify; readonly now: Instant },
): Result<Directory> {
  const { directory, signature } = signed;
  if (!check.verify(fromBase64Url(key), directoryBytes(directory), fromBase64Url(signature)))
    return refuse('message-signature-invalid', 'directory');
  return isInstant(directory.until) && check.now < directory.until ? ok(directory) : refuse('message-expired', 'directory');
}

/** A party that takes part at an instant. */
export function partyAt(directory: Directory, id: string, at: Instant): Party | undefined {
  const party = directory.parties.find((candidate) => candidate.id === id);
  return party !== undefined && holdsAt(party, at) ? party : undefined;
}

/** The key of a party for a use that is taken at an instant: the newest that holds then, for one that follows holds beside the one before it for a while. */
export function keyAt(party: Pick<Party, 'keys'>, use: PartyKey['use'], at: Instant): PartyKey | undefined {
  return party.keys
    .filter((key) => key.use === use && holdsAt(key, at))
    .reduce<PartyKey | undefined>((newest, key) => (newest === undefined || newest.from < key.from ? key : newest), undefined);
}

/** A party's key by its id, when it is for this use and holds at the instant. */
export function keyNamed(party: Pick<Party, 'keys'>, key: Pick<PartyKey, 'id' | 'use'>, at: Instant): PartyKey | undefined {
  return party.keys.find(({ id, use, ...span }) => id === key.id && use === key.use && holdsAt(span, at));
}

/** A person of a party. */
export function personOf(party: Party, id: string): PersonCard | undefined {
  return party.persons.find((person) => person.id === id);
}
