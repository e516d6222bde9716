import {
  type Act,
  type ActBody,
  actBytes,
  actDigest,
  commitment,
  isJsonObject,
  type Json,
  type Opening,
  toBase64Url,
} from '@comity/core';
import { type Keystore, keyWithId, mlDsa44SignerOf, personKeyId, sha256, signerOf } from '@comity/node';
import type { LogEntry } from '@comity/prove';
import { type Manifest, manifestBytes, manifestDigest, readSignatures } from '@comity/seal/manifest';
import type { CaseFile } from '@comity/verify';
import { weave } from './weave.ts';

/** An act before it is signed. */
export interface Draft {
  readonly body: ActBody;
  readonly openings: Readonly<Record<string, Opening>>;
}

/** How the story is told another way. */
export interface Retelling {
  /** Changes an act before it is signed again. Called with the manifest already renewed. */
  readonly edit?: (draft: Draft) => Draft;
  /** The last act that happens, by type. */
  readonly until?: string;
  /** An act that is made right after the one of this type. */
  readonly also?: { readonly after: string; readonly draft: (after: Draft) => Draft };
}

/** A file told another way, and the digest of each act in it by type (the added one under `also`). */
export interface Retold {
  readonly file: CaseFile;
  readonly digests: ReadonlyMap<string, string>;
}

/**
 * What insiders on every side could make together: the same case with something done otherwise, every act signed with the real keys, and logged by all as if it
 * had happened so. References to acts whose digests change are renewed. Nothing is wrong with such a file but what was done.
 */
export async function retell(file: CaseFile, keys: ReadonlyMap<string, Keystore>, how: Retelling): Promise<Retold> {
  const renewed = new Map<string, string>();
  const acts: Act[] = [];
  const digests = new Map<string, string>();
  const times = new Map<string, { readonly at: string; readonly role: string }>();
  let added: { readonly after: string; readonly act: Act; readonly digest: string } | undefined;
  const make = (draft: Draft): { readonly act: Act; readonly digest: string } => {
    const act = sign(how.edit?.(draft) ?? draft, keys);
    const digest = actDigest(act.body, sha256);
    acts.push(act);
    times.set(digest, { at: act.body.at, role: act.body.by.role });
    return { act, digest };
  };
  for (const act of [...file.acts].sort((a, b) => (a.body.at < b.body.at ? -1 : 1))) {
    const draft = renew(act, renewed, keys);
    const { digest } = make(draft);
    renewed.set(actDigest(act.body, sha256), digest);
    digests.set(act.body.type, digest);
    if (how.also?.after === act.body.type) {
      added = { after: digest, ...make(how.also.draft(draft)) };
      digests.set('also', added.digest);
    }
    if (how.until === act.body.type) break;
  }
  const logs = await weave(file, keys, (entry) => renewEntry(entry, { renewed, times, added }));
  // Receipts name digests that are no more; a holder may leave them out.
  return { file: { ...file, acts, logs, receipts: [] }, digests };
}

/** Signs an act with the keys of the person and the party that it names. */
export function sign({ body, openings }: Draft, keys: ReadonlyMap<string, Keystore>): Act {
  const store = keys.get(body.by.party);
  const person = store?.persons[body.by.person];
  if (store === undefined || person === undefined) throw new Error(`there is no key of ${body.by.person} at ${body.by.party}`);
  const sections = Object.fromEntries(
    Object.entries(openings).map(([name, opening]) => [name, commitment(name, opening, sha256)]),
  );
  const signed = { ...body, sections: { ...body.sections, ...sections } };
  const bytes = actBytes(signed);
  const signatures = [
    { key: personKeyId(body.by.party, body.by.person), signature: toBase64Url(signerOf(person)(bytes)) },
    signedBy(store, bytes),
  ];
  return { body: signed, signatures, openings };
}

/** A signature of a party with its first key, and that key's id. */
export function signedBy(store: Keystore, bytes: Uint8Array): { readonly key: string; readonly signature: string } {
  const [first] = store.keys.sign;
  if (first === undefined) throw new Error(`${store.party} has no signing key`);
  return { key: first.id, signature: toBase64Url(keyIn(store, first.id)(bytes)) };
}

function keyIn({ party, keys }: Keystore, id: string): (message: Uint8Array) => Uint8Array {
  const jwk = keyWithId(keys.sign, id);
  if (jwk === undefined || 'held' in jwk) throw new Error(`there is no key ${id} at ${party}`);
  return signerOf(jwk);
}

function postQuantumKeyIn({ party, keys }: Keystore, id: string): (message: Uint8Array) => Uint8Array {
  const jwk = keyWithId(keys['sign-pq'], id);
  if (jwk === undefined) throw new Error(`there is no key ${id} at ${party}`);
  return mlDsa44SignerOf(jwk);
}

/** A manifest signed by its sender. */
export function signSealed(sealed: Json, manifest: Manifest, keys: ReadonlyMap<string, Keystore>): Json {
  const store = keys.get(manifest.from);
  if (store === undefined || !isJsonObject(sealed)) throw new Error(`there are no keys of ${manifest.from}`);
  const message = manifestBytes(manifest);
  const signatures = readSignatures(sealed['signatures']).map(({ key, alg }) => {
    const sign = alg === 'Ed25519' ? keyIn(store, key) : postQuantumKeyIn(store, key);
    return { key, alg, signature: toBase64Url(sign(message)) };
  });
  return { ...sealed, manifest: JSON.parse(JSON.stringify(manifest)), signatures };
}

/** An act with every reference to a changed act renewed: what it knew, its basis, and so its manifests and their digests. */
function renew(act: Act, renewed: Map<string, string>, keys: ReadonlyMap<string, Keystore>): Draft {
  const packages = act.openings['package'];
  const openings = { ...act.openings };
  if (packages !== undefined && isJsonObject(packages.value)) {
    const items = Object.entries(packages.value).map(([item, sealed]): [string, Json] => {
      const old = manifestIn(sealed);
      const manifest = mapped(old as unknown as Json, renewed) as unknown as Manifest; // parser: a manifest of a genuine file with digests replaced
      renewed.set(manifestDigest(old, sha256), manifestDigest(manifest, sha256));
      return [item, signSealed(sealed, manifest, keys)];
    });
    openings['package'] = { ...packages, value: Object.fromEntries(items) };
  }
  return { body: mapped(act.body as unknown as Json, renewed) as unknown as ActBody, openings }; // parser: a genuine body with digests replaced
}

/** The manifest in a package of a genuine file. */
export function manifestIn(sealed: Json | undefined): Manifest {
  if (!isJsonObject(sealed)) throw new Error('the delivery has no package');
  return sealed['manifest'] as unknown as Manifest; // parser: the verifier has found this file by the book
}

function mapped(value: Json, renewed: ReadonlyMap<string, string>): Json {
  if (typeof value === 'string') return renewed.get(value) ?? value;
  if (Array.isArray(value)) return value.map((member: Json) => mapped(member, renewed));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mapped(member, renewed)]));
}

interface Renewal {
  readonly renewed: ReadonlyMap<string, string>;
  readonly times: ReadonlyMap<string, { readonly at: string; readonly role: string }>;
  readonly added: { readonly after: string; readonly act: Act; readonly digest: string } | undefined;
}

/** The entry of a renewed act; nothing for an act that no longer happens; and beside the entry of an act, that of the act added after it. */
function renewEntry(entry: LogEntry, { renewed, times, added }: Renewal): readonly LogEntry[] {
  if (entry.act === undefined) return [entry];
  const act = renewed.get(entry.act);
  if (act === undefined) return [];
  const made = times.get(act);
  const same: LogEntry =
    entry.t.startsWith('act.') && made !== undefined ? { ...entry, act, at: made.at, role: made.role } : { ...entry, act };
  if (added === undefined || added.after !== act) return [same];
  const { obj: _other, ...rest } = same;
  const kind = same.t.split('.')[0] ?? '';
  const at = kind === 'act' ? added.act.body.at : same.at;
  const role = kind === 'act' ? added.act.body.by.role : same.role;
  return [same, { ...rest, t: `${kind}.${added.act.body.type}`, act: added.digest, at, role }];
}
