import { isJsonObject, type Json } from '@comity/core';
import { type Decision, decisionsOf } from '@comity/procedure';
import { type Manifest, parseManifest } from '@comity/seal/manifest';
import type { KnownAct, Scene } from './scene.ts';

/** The section in which a delivery keeps its manifests. */
export const SECTION = 'package';

/** One item sent: the decision that announces it and, where the file may show it, its package. */
export interface Delivery {
  readonly act: KnownAct;
  readonly decision: Decision;
  readonly ciphertext: string;
  readonly sealed?: { readonly manifest: Json; readonly signatures: Json };
}

/** Every delivery that the sound acts announce: a decision that names a manifest, a ciphertext and a delivery. */
export function deliveriesOf(scene: Scene): readonly Delivery[] {
  return scene.acts
    .filter((act) => act.sound)
    .flatMap((act) =>
      decisionsOf(act.body.data).flatMap((decision): Delivery[] => {
        const { manifest, ciphertext, delivery } = decision;
        if (typeof manifest !== 'string' || typeof ciphertext !== 'string' || typeof delivery !== 'string') return [];
        const sealed = packageOf(act, decision.item);
        return [{ act, decision, ciphertext, ...(sealed === undefined ? {} : { sealed }) }];
      }),
    );
}

/** The manifest of a delivery when it can be read, whoever signed it. */
export function manifestOf(delivery: Delivery): Manifest | undefined {
  const parsed = parseManifest(delivery.sealed?.manifest);
  return parsed.ok ? parsed.value : undefined;
}

function packageOf({ act }: KnownAct, item: string): Delivery['sealed'] {
  const value = act.openings[SECTION]?.value;
  const found = isJsonObject(value) ? value[item] : undefined;
  if (!isJsonObject(found)) return undefined;
  const { manifest, signatures } = found;
  // A package without one of these is one that nobody signed: its manifest is then refused.
  return { manifest: manifest ?? null, signatures: signatures ?? null };
}
