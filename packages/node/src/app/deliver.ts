import { createHmac } from 'node:crypto';
import { type Json, type JsonObject, keyAt, ok, type Party, type Result, refuse } from '@comity/core';
import { ContainerFailure } from '@comity/formats/container';
import { ExtractRefused, extract, type Plan, type Preview } from '@comity/prepare';
import { type CaseState, type Decision, decisionsOf } from '@comity/procedure';
import { type SealSummary, type ShareSet, seal, sealJointly } from '@comity/seal';
import { type Manifest, officesIn } from '@comity/seal/manifest';
import { findCase } from '../store/cases.ts';
import { insertPayload, isListed } from '../store/payloads.ts';
import { findPreview } from '../store/previews.ts';
import type { ActRequest } from './act.ts';
import { type Evidence, evidenceContainer } from './container.ts';
import { takeHandedIn } from './handedIn.ts';
import { addressedTo } from './holders.ts';
import type { House, Person } from './house.ts';
import { minimisationOf, type Packed, packItems, retainedUntil, type SealedItem } from './manifest.ts';
import { type Allowed, mayDeliver } from './mayDeliver.ts';
import { sourceOf, TOKEN_KEY } from './minimise.ts';
import { isByHand } from './selection.ts';

/** A delivery that is sealed and lies in the vault, and the act that will announce it. */
export interface Sealed {
  readonly request: ActRequest;
}

/**
 * Seals the items of a `deliver` act: filter -> seal -> vault as one stream, so that plaintext exists only in passing; then signs a manifest for each.
 * What is sealed is exactly the plan that was previewed and approved. When one item cannot be sealed, what was sealed of the others is removed again.
 */
export async function sealItems(
  house: House,
  ask: { readonly case: string; readonly person: Person; readonly request: ActRequest },
): Promise<Result<Sealed>> {
  const found = await findCase(house.db, ask.case);
  if (found === undefined) return refuse('case-unknown', 'case');
  const { state } = found;
  const allowed = mayDeliver(house, found, ask);
  if (!allowed.ok) return allowed;
  const decisions = decisionsOf(ask.request.data);
  const items: SealedItem[] = [];
  for (const decision of decisions) {
    const one = await sealItem(house, { state, decision, ...allowed.value });
    if (!one.ok) {
      await dropSealed(house, decisions, items);
      return one;
    }
    items.push(one.value);
  }
  const packed = await packItems(house, { state, procedure: found.procedureSha256, items });
  return ok({ request: announce(ask.request, { decisions, packed, house }) });
}

/** What was sealed for an act that will not be made is removed again; what was handed in stays, to be delivered another time. */
async function dropSealed(house: House, decisions: readonly Decision[], items: readonly SealedItem[]): Promise<void> {
  for (const { item, summary } of items) {
    const handedIn = decisions.some((decision) => decision.item === item && decision['upload'] !== undefined);
    if (!handedIn) await house.vault.destroy(summary.ciphertextSha256);
  }
}

/** The act that announces what was sealed, and lists it for its receiver in the same transaction. */
export function announce(
  request: ActRequest,
  {
    decisions,
    packed,
    house,
  }: { readonly decisions: readonly Decision[]; readonly packed: readonly Packed[]; readonly house: House },
): ActRequest {
  const announced = packed.map(({ manifest, digest }, index): JsonObject => {
    const { item, ciphertext, delivery } = manifest;
    const choice = decisions[index]?.choice ?? '';
    return { item, choice, manifest: digest, ciphertext: ciphertext.sha256, size: ciphertext.size, delivery };
  });
  const packages: Record<string, Json> = Object.fromEntries(packed.map((one) => [one.manifest.item, one.package]));
  return {
    ...request,
    data: { ...request.data, decisions: announced },
    sections: { ...request.sections, package: packages },
    // An act that is not made leaves nothing behind; what was handed in stays, to be delivered another time.
    undo: async () => {
      const kept = decisionsOf(request.data).filter((decision) => decision['upload'] !== undefined);
      for (const { manifest } of packed) {
        const { sha256 } = manifest.ciphertext;
        // Nobody may know whether a transaction that broke off was committed: only what no act lists is removed.
        if (!(await isListed(house.db, sha256)) && !kept.some(({ item }) => item === manifest.item))
          await house.vault.destroy(sha256);
      }
    },
    // The peer may fetch it once the act stands, and not before.
    work: async (tx) => {
      for (const { manifest, digest } of packed) {
        const { ciphertext, item } = manifest;
        const holder = officesIn(manifest)
          .map(({ party }) => party)
          .join(',');
        const about = { ciphertext: ciphertext.sha256, size: ciphertext.size, case: manifest.case, item, manifest: digest };
        await insertPayload(tx, { ...about, side: 'sent', holder, state: 'held' });
      }
    },
  };
}

interface One extends Allowed {
  readonly state: CaseState;
  readonly decision: Decision;
}

async function sealItem(house: House, { state, decision, to, needed, container }: One): Promise<Result<SealedItem>> {
  const { item } = decision;
  const minimised = Object.values(state.items.find((candidate) => candidate.item.id === item)?.decisions ?? {}).find(
    (d) => typeof d['preview'] === 'string',
  );
  const approved = await findPreview(house.db, String(minimised?.['preview'] ?? lastPreview(state, item)));
  if (approved === undefined) return refuse('plan-unknown', 'item', { item });
  // Parser: savePreview wrote these.
  const [plan, shown] = [approved.plan as unknown as Plan, approved.preview as unknown as Preview];
  const office = officesOf(to, house.now());
  if (!office.ok) return office;
  const sealedElsewhere = decision['upload'] !== undefined || isByHand(approved.plan);
  // Nobody here could see that it is sealed to several together.
  if (sealedElsewhere && needed !== undefined) return refuse('sealed-jointly', 'upload');
  if (sealedElsewhere) return takeHandedIn(house, { case: state.case, decision, office: office.value, approved });
  const recipient = to.map((party) => party.id).join(',');
  const packed =
    container === undefined
      ? {}
      : { evidence: { state, item, procedure: container, retainedUntil: retainedUntil(house, state) } };
  const sealed = await sealPlan(house, { plan, seal: sealerFor(office.value, needed), recipient, ...packed });
  if (!sealed.ok) return sealed;
  const { summary, set } = sealed.value;
  return ok({ item, minimisation: minimisationOf(shown), addressed: addressedTo(office.value, set), summary });
}

/** The office key of each party. Refuses `recipient-unknown` when one has none that is valid now: nobody is left out silently. */
export function officesOf(to: readonly Party[], now: string): Result<Manifest['to']> {
  const offices: Manifest['to'][number][] = [];
  for (const party of to) {
    const key = keyAt(party, 'office', now);
    if (key === undefined) return refuse('recipient-unknown', party.id);
    offices.push({ party: party.id, keyId: key.id, recipient: key.public });
  }
  return ok(offices);
}

/** Seals a stream to its end in the vault's hands; `set` where nobody opens it alone. */
type Sealer = (content: AsyncIterable<Uint8Array>) => ReturnType<typeof seal> | ReturnType<typeof sealJointly>;

function sealerFor(offices: Manifest['to'], needed: number | undefined): Sealer {
  const holders = offices.map(({ recipient }) => recipient);
  return (content) => (needed === undefined ? seal(content, holders) : sealJointly(content, { needed, holders }));
}

/** The preview that an item's minimisation named, where another track has moved since. */
function lastPreview(state: CaseState, item: string): string {
  const traces = state.done.flatMap((trace) =>
    decisionsOf(trace.data).filter((d) => d.item === item && typeof d['preview'] === 'string'),
  );
  return String(traces.at(-1)?.['preview'] ?? '');
}

async function sealPlan(
  house: House,
  ask: {
    readonly plan: Plan;
    readonly seal: Sealer;
    readonly recipient: string;
    readonly evidence?: Omit<Evidence, 'bytes'>;
  },
): Promise<Result<{ readonly summary: SealSummary; readonly set?: ShareSet }>> {
  const source = await sourceOf(house, ask.plan);
  if (!source.ok) return source;
  // One key per recipient, never stored: HMAC of the node's own secret over who receives.
  const key = createHmac('sha256', Buffer.from(house.keystore.tokens, 'base64url'))
    .update(`comity/token/v1\n${ask.recipient}`)
    .digest();
  try {
    const bytes = extract(ask.plan, source.value, { [TOKEN_KEY]: key });
    const content = ask.evidence === undefined ? bytes : await evidenceContainer(house, { ...ask.evidence, bytes });
    const sealing = await ask.seal(content);
    if (!sealing.ok) return sealing;
    const put = await house.vault.put(sealing.value.ciphertext);
    if (!put.ok) return put;
    const summary = sealing.value.summary();
    return ok('set' in sealing.value ? { summary, set: sealing.value.set } : { summary });
  } catch (error) {
    if (error instanceof ExtractRefused || error instanceof ContainerFailure) return { ok: false, refusal: error.refusal };
    throw error;
  }
}
