import { randomBytes } from 'node:crypto';
import { isJsonObject, type Json, type JsonObject, toHex, uuid7 } from '@comity/core';
import { sha256 } from '@comity/node';
import { leafHash } from '@comity/prove';
import { listEntry, type Manifest, manifestDigest } from '@comity/seal/manifest';
import type { FindingCode } from '@comity/verify';
import { type Draft, manifestIn, type Retelling, retell, signSealed } from './retell.ts';
import type { Scene, Tampering } from './tampering.ts';
import { weave } from './weave.ts';

/** What people inside the organisations can do, with their real keys: everything is signed and, but for one, logged; it is only not by the book. */
export async function insiders(scene: Scene): Promise<readonly Tampering[]> {
  const told = async (name: string, code: FindingCode, how: Telling): Promise<Tampering> => {
    const { file, digests } = await retell(scene.file, scene.keys, how);
    const act = digests.get(how.about) ?? '';
    return { name, file, expect: { code, about: { act, ...how.more } } };
  };
  const notified = scene.file.acts.find(({ body }) => body.type === 'receive-notification')?.body.at ?? '';
  const before = new Date(Date.parse(notified) - 1).toISOString();
  return [
    await told('approved-by-asker', 'act-void', {
      about: 'issue',
      until: 'issue',
      edit: by('draft', 'prosecutor-1', 'prosecutor'),
    }),
    await told('other-role', 'role-not-held', {
      about: 'issue',
      until: 'issue',
      edit: by('issue', 'investigator-1', 'prosecutor'),
    }),
    await told('back-dated', 'act-back-dated', {
      about: 'clear',
      edit: only('clear', (draft) => ({ ...draft, body: { ...draft.body, at: before } })),
    }),
    await told('struck-delivered', 'item-not-approved', {
      about: 'also',
      more: { item: 'i3' },
      also: { after: 'deliver', draft: (after) => deliverStruck(after, scene) },
    }),
    await told('manifest-swapped', 'manifest-swapped', {
      about: 'deliver',
      edit: only('deliver', (draft) => swapManifest(draft, scene)),
    }),
    await told('sealed-to-stranger', 'manifest-recipient', {
      about: 'deliver',
      more: { party: STRANGER, item: 'i2' },
      edit: only('deliver', (draft) => sealElsewhere(draft, scene)),
    }),
    await told('other-destroyed', 'ciphertext-differs', {
      about: 'destroy',
      edit: only('destroy', (draft) => (isAbout(draft) ? decide(draft, { ciphertext: 'f'.repeat(64) }) : draft)),
    }),
    await told('salt-repeated', 'salt-repeated', {
      about: 'validate',
      edit: only('validate', (draft) => sameSalt(draft, scene)),
    }),
    await unlogged(scene),
  ];
}

interface Telling extends Retelling {
  /** Type of the act that the verifier must name. */
  readonly about: string;
  readonly more?: { readonly party?: string; readonly item?: string };
}

const STRANGER = 'us-hospital';
const ITEM = 'i2';
const STRUCK = 'i3';

function only(type: string, edit: (draft: Draft) => Draft): (draft: Draft) => Draft {
  return (draft) => (draft.body.type === type ? edit(draft) : draft);
}

function by(type: string, person: string, role: string): (draft: Draft) => Draft {
  return only(type, (draft) => ({ ...draft, body: { ...draft.body, by: { ...draft.body.by, person, role } } }));
}

function decisionsIn({ body }: Draft): readonly JsonObject[] {
  const decisions = body.data['decisions'];
  return Array.isArray(decisions) ? decisions.filter(isJsonObject) : [];
}

/** Whether an act decides the item that these tell of. */
function isAbout(draft: Draft): boolean {
  return decisionsIn(draft).some((decision) => decision['item'] === ITEM);
}

/** Changes the decision of an act on the item; the others stay. */
function decide(draft: Draft, change: Readonly<Record<string, Json>>): Draft {
  const decisions = decisionsIn(draft).map((one) => (one['item'] === ITEM ? { ...one, ...change } : one));
  return { ...draft, body: { ...draft.body, data: { ...draft.body.data, decisions } } };
}

/** Puts another manifest, properly signed by its sender, into the package. */
function enclose(draft: Draft, { keys }: Scene, manifest: Manifest): Draft {
  const opening = draft.openings['package'];
  const sealed = isJsonObject(opening?.value) ? opening.value[ITEM] : undefined;
  if (opening === undefined || sealed === undefined) throw new Error('the delivery has no package');
  const value = { ...(isJsonObject(opening.value) ? opening.value : {}), [manifest.item]: signSealed(sealed, manifest, keys) };
  return { ...draft, openings: { ...draft.openings, package: { ...opening, value } } };
}

function manifestOf(draft: Draft): Manifest {
  const value = draft.openings['package']?.value;
  return manifestIn(isJsonObject(value) ? value[ITEM] : undefined);
}

/** Announces one manifest and encloses another, with more rows. */
function swapManifest(draft: Draft, scene: Scene): Draft {
  const manifest = manifestOf(draft);
  return enclose(draft, scene, {
    ...manifest,
    minimisation: { ...manifest.minimisation, rowsKept: manifest.minimisation.rowsTotal },
  });
}

/** Seals to the office of somebody who has nothing to do with the case. */
function sealElsewhere(draft: Draft, scene: Scene): Draft {
  const stranger = scene.file.directory.directory.parties.find((party) => party.id === STRANGER);
  const key = stranger?.keys.find((candidate) => candidate.use === 'office');
  if (key === undefined) throw new Error(`${STRANGER} has no office key`);
  const manifest = { ...manifestOf(draft), to: [{ party: STRANGER, keyId: key.id, recipient: key.public }] };
  return decide(enclose(draft, scene, manifest), { manifest: manifestDigest(manifest, sha256) });
}

/** Delivers the item that the judge struck, right after the one that was approved. */
function deliverStruck(after: Draft, scene: Scene): Draft {
  const at = new Date(Date.parse(after.body.at) + 1).toISOString();
  const id = uuid7(
    Date.parse(at),
    Uint8Array.from({ length: 10 }, (_, i) => i),
  );
  const ciphertext = { sha256: 'e'.repeat(64), size: 6490 };
  const changed = { ...manifestOf(after), item: STRUCK, delivery: id, ciphertext, at };
  const alone = { root: toHex(leafHash(listEntry(changed), sha256)), size: 1, index: 0, proof: [] };
  const manifest = { ...changed, list: alone };
  const fresh = Object.fromEntries(
    Object.entries(after.openings).map(([name, opening]) => [name, { ...opening, salt: newSalt() }]),
  );
  const draft = enclose({ openings: fresh, body: { ...after.body, id, at } }, scene, manifest);
  const [like] = decisionsIn(after);
  const told = { item: STRUCK, manifest: manifestDigest(manifest, sha256), ciphertext: ciphertext.sha256, size: ciphertext.size };
  const decisions = [{ ...like, ...told, delivery: id }];
  const sealed = draft.openings['package'];
  const packed = isJsonObject(sealed?.value) ? sealed.value[STRUCK] : undefined;
  if (sealed === undefined || packed === undefined) throw new Error('the delivery has no package');
  return {
    openings: { ...draft.openings, package: { ...sealed, value: { [STRUCK]: packed } } },
    body: { ...draft.body, data: { ...draft.body.data, decisions } },
  };
}

/** Commits to the reasons under a salt that the draft of the order has used already. */
function sameSalt(draft: Draft, { file }: Scene): Draft {
  const [used] = Object.values(file.acts.find(({ body }) => body.type === 'draft')?.openings ?? {});
  const { reasons } = draft.openings;
  if (used === undefined || reasons === undefined) throw new Error('the sections cannot be read');
  return { ...draft, openings: { ...draft.openings, reasons: { ...reasons, salt: used.salt } } };
}

function newSalt(): string {
  return randomBytes(32).toString('base64url');
}

/** A copy is retained, and the prosecution's own log is written without it. */
async function unlogged({ file, keys }: Scene): Promise<Tampering> {
  const told = await retell(file, keys, {});
  const act = told.digests.get('retain') ?? '';
  const party = file.madeBy;
  // Nobody was shown an entry that was never made.
  const logs = await weave(told.file, keys, (entry, keeper) =>
    entry.act === act && (keeper === party || entry.t.startsWith('receipted.')) ? [] : [entry],
  );
  return { name: 'never-logged', file: { ...told.file, logs }, expect: { code: 'act-unlogged', about: { act, party } } };
}
