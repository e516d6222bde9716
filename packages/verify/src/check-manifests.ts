import { type ActBody, fromHex, holdsAt, type Json } from '@comity/core';
import { decisionsOf, sharesOf } from '@comity/procedure';
import { leafHash, verifyInclusion } from '@comity/prove';
import {
  checkManifest,
  listEntry,
  type Manifest,
  type ManifestTrust,
  manifestDigest,
  officesIn,
  type SignatureAlgorithm,
} from '@comity/seal/manifest';
import { mayRead, type ReadCase } from './case.ts';
import { type Delivery, deliveriesOf, SECTION } from './deliveries.ts';
import { type Finding, finding } from './report.ts';
import { partyOf, type Scene } from './scene.ts';

/** Every delivery: that its item was approved, and its manifest is the sender's, the announced one, and tells the same story as the acts. */
export function checkManifests(scene: Scene, read: ReadCase): { readonly count: number; readonly findings: readonly Finding[] } {
  const deliveries = deliveriesOf(scene);
  const open = deliveries.filter((delivery) => delivery.sealed !== undefined);
  const closed = deliveries.filter((delivery) => delivery.sealed === undefined);
  const withheld = closed.filter(({ act }) => mayRead(read, { type: act.body.type, party: scene.file.madeBy, section: SECTION }));
  return {
    count: open.length,
    findings: [
      ...deliveries.flatMap((delivery) => checkApproved(read, delivery)),
      ...open.flatMap((delivery) => checkOne(scene, read, delivery)),
      ...withheld.map((delivery) =>
        finding('section-withheld', aboutOf(delivery), { type: delivery.act.body.type, section: SECTION }),
      ),
    ],
  };
}

function aboutOf({ act, decision }: Delivery): Finding['about'] {
  return { act: act.digest, party: act.body.by.party, item: decision.item };
}

/** What a delivery stands on may be what is missing: then nothing is said about it. */
function isUnjudged({ folded }: ReadCase, { act }: Delivery): boolean {
  return folded.acts.some(({ digest, verdict }) => digest === act.digest && verdict === 'waiting');
}

/**
 * Nothing leaves that was struck or never decided, where somebody must decide. Whether that was so when it left is for the procedure to say, and it has when the act
 * counts: in an emergency a judge decides afterwards, and on subscriber data a prosecutor may order alone.
 */
function checkApproved(read: ReadCase, delivery: Delivery): readonly Finding[] {
  const { procedure, folded } = read;
  if (procedure.itemTracks['approval'] === undefined || isUnjudged(read, delivery)) return [];
  const { item } = delivery.decision;
  const stands = folded.state.items.find((candidate) => candidate.item.id === item)?.tracks['approval'] ?? 'unknown';
  const counts = folded.acts.some(({ digest, verdict }) => digest === delivery.act.digest && verdict === 'counted');
  return stands === 'approved' || counts ? [] : [finding('item-not-approved', aboutOf(delivery), { item, state: stands })];
}

function checkOne(scene: Scene, read: ReadCase, delivery: Delivery): readonly Finding[] {
  const about = aboutOf(delivery);
  const { act, decision, sealed } = delivery;
  const values = { item: decision.item, party: act.body.by.party };
  const signed = checkManifest(sealed ?? { manifest: null, signatures: null }, trustIn(scene, delivery));
  if (!signed.ok) return [finding('manifest-forged', about, { ...values, field: signed.refusal.field ?? '' })];
  const manifest = signed.value;
  if (manifestDigest(manifest, scene.sha256) !== decision['manifest']) return [finding('manifest-swapped', about, values)];
  return [
    ...contradictions(scene, read, { delivery, manifest }).map((field) =>
      finding('manifest-contradicts', about, { ...values, field }),
    ),
    ...checkBasis(read, { delivery, manifest }),
    ...checkRecipients(scene, read, { delivery, manifest }),
    ...checkJoint(read, { delivery, manifest }),
  ];
}

/** Keys of the sender that were valid when it made the delivery. */
function trustIn({ directory, checks }: Scene, { act }: Delivery): ManifestTrust {
  const keys = partyOf(directory, act.body.by.party)?.keys.filter((key) => holdsAt(key, act.body.at)) ?? [];
  const keyOf = (id: string, alg: SignatureAlgorithm): string | undefined =>
    keys.find((key) => key.id === id && key.use === (alg === 'Ed25519' ? 'sign' : 'sign-pq'))?.public;
  return { keyOf, ed25519: checks.ed25519, mlDsa44: checks.mlDsa44 };
}

/** Whether the item stands where its manifest says in the list of all that were delivered with it. */
function isListed({ sha256 }: Scene, manifest: Manifest): boolean {
  const { root, size, index, proof } = manifest.list;
  const leaf = leafHash(listEntry(manifest), sha256);
  return verifyInclusion(
    { index: BigInt(index), size: BigInt(size), leaf, root: fromHex(root), proof: proof.map(fromHex) },
    sha256,
  );
}

interface Sealed {
  readonly delivery: Delivery;
  readonly manifest: Manifest;
}

/** Fields of the manifest that say something else than the acts of the case. */
function contradictions(scene: Scene, { counted, procedure }: ReadCase, { delivery, manifest }: Sealed): readonly string[] {
  const { file } = scene;
  const { act, decision } = delivery;
  const opening = counted.find(({ body }) => procedure.acts[body.type]?.opens === true);
  const minimised = counted
    .flatMap(({ body }) => decisionsOf(body.data))
    .findLast((candidate) => candidate.item === decision.item && candidate['plan'] !== undefined);
  const told: readonly (readonly [string, unknown, Json | undefined])[] = [
    ['env', manifest.env, file.env],
    ['case', manifest.case, file.case],
    ['item', manifest.item, decision.item],
    ['basis.procedure', manifest.basis.procedure, act.body.procedure.sha256],
    ['from', manifest.from, act.body.by.party],
    ['delivery', manifest.delivery, decision['delivery']],
    ['ciphertext.sha256', manifest.ciphertext.sha256, decision['ciphertext']],
    ['ciphertext.size', manifest.ciphertext.size, decision['size']],
    ['minimisation.planDigest', manifest.minimisation.planDigest, minimised?.['plan']],
    ['minimisation.rowsTotal', manifest.minimisation.rowsTotal, minimised?.['rowsTotal']],
    ['minimisation.rowsKept', manifest.minimisation.rowsKept, minimised?.['rowsKept']],
    ['retention.until', manifest.retention.until, opening?.body.data['retentionUntil']],
  ];
  const listed = isListed(scene, manifest) ? [] : ['list'];
  const fields = told.filter(([, said, is]) => is !== undefined && said !== is).map(([field]) => field);
  return [...fields, ...listed, ...(manifest.at <= act.body.at ? [] : ['at'])];
}

/** The acts that the manifest names as its basis are acts of this case that count, and the one that approved the item is among them. */
function checkBasis(read: ReadCase, { delivery, manifest }: Sealed): readonly Finding[] {
  if (isUnjudged(read, delivery)) return [];
  const { counted, procedure } = read;
  const { item } = delivery.decision;
  const known = new Set(counted.map((act) => act.digest));
  const { order, approvals } = manifest.basis;
  const opening = counted.find(({ body }) => procedure.acts[body.type]?.opens === true);
  const past = pastOf(counted, delivery.act.body);
  const approved = counted.findLast(({ body, digest }) => {
    if (!past.has(digest)) return false;
    const moves = procedure.acts[body.type]?.items;
    return (
      moves?.track === 'approval' &&
      decisionsOf(body.data).some((d) => d.item === item && moves.choices[d.choice]?.to === 'approved')
    );
  });
  const sound =
    order === opening?.digest &&
    approvals.every((act) => known.has(act)) &&
    (approved === undefined || approvals.includes(approved.digest));
  return sound ? [] : [finding('manifest-basis', aboutOf(delivery), { item })];
}

/** Digests of the acts that an act was made in knowledge of. */
function pastOf(acts: ReadCase['counted'], body: ActBody): ReadonlySet<string> {
  const known = new Map(acts.map((act) => [act.digest, act.body]));
  const past = new Set<string>();
  const next = [...body.prev];
  for (let digest = next.pop(); digest !== undefined; digest = next.pop()) {
    if (past.has(digest)) continue;
    past.add(digest);
    next.push(...(known.get(digest)?.prev ?? []));
  }
  return past;
}

/** Sealed to offices of the parties that the procedure lets have it, under the keys that the directory names, and to nobody else. */
function checkRecipients(scene: Scene, { setting, folded }: ReadCase, { delivery, manifest }: Sealed): readonly Finding[] {
  const receivers = sharesOf(setting, folded.state, delivery.act.body);
  return officesIn(manifest)
    .filter(({ party, keyId, recipient }) => {
      const key = partyOf(scene.directory, party)?.keys.find((candidate) => candidate.id === keyId && candidate.use === 'office');
      return !receivers.includes(party) || key?.public !== recipient || !holdsAt(key, manifest.at);
    })
    .map(({ party }) => finding('manifest-recipient', { ...aboutOf(delivery), party }, { item: delivery.decision.item, party }));
}

/** Where the procedure lets nobody open alone: sealed to the parties in exactly those seats, of whom at least as many must come together. */
function checkJoint({ procedure, folded }: ReadCase, { delivery, manifest }: Sealed): readonly Finding[] {
  const rule = procedure.acts[delivery.act.body.type]?.joint;
  if (rule === undefined) return [];
  const demanded = rule.seats.map((seat) => folded.state.seats[seat]);
  const holders = officesIn(manifest).map(({ party }) => party);
  const given = manifest.joint?.needed ?? 1;
  // A party named twice would open with fewer others; one that is left out could never be asked.
  const same = [...holders].sort().join('\n') === [...demanded].sort().join('\n') && new Set(holders).size === holders.length;
  if (same && given >= rule.needed) return [];
  return [
    finding('manifest-not-joint', aboutOf(delivery), {
      item: delivery.decision.item,
      needed: rule.needed,
      seats: rule.seats.join(', '),
      given,
      holders: holders.join(', '),
    }),
  ];
}
