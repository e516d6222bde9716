import { isInstant } from '@comity/core';
import { type CopyStatus, copiesOf, type Decision, decisionsOf } from '@comity/procedure';
import type { ReadCase } from './case.ts';
import { type Delivery, deliveriesOf, manifestOf } from './deliveries.ts';
import { type Finding, finding } from './report.ts';
import type { KnownAct, Scene } from './scene.ts';

interface Made {
  readonly act: KnownAct;
  readonly decision: Decision;
}

/** What became of each delivery: receipts and certificates name its ciphertext, what was opened is what was sealed, and at the end no copy is left on either side. */
export function checkCopies(scene: Scene, read: ReadCase): readonly Finding[] {
  const deliveries = deliveriesOf(scene);
  // Whether the procedure let them count is said elsewhere: here it matters what people have signed that they did.
  const signed = scene.acts.filter((act) => act.sound).sort((a, b) => (a.body.at < b.body.at ? -1 : 1));
  const made = signed.flatMap((act) => decisionsOf(act.body.data).map((decision) => ({ act, decision })));
  return [
    ...made.flatMap((one) => checkNamed(deliveries, one)),
    ...made.flatMap((one) => checkOpened(deliveries, one)),
    ...deliveries.flatMap((delivery) => checkEnded(scene, read, { delivery, made })),
  ];
}

function aboutOf({ act, decision }: Made): Finding['about'] {
  return { act: act.digest, party: act.body.by.party, item: decision.item };
}

/** A receipt or certificate names a ciphertext that was delivered for this item. */
function checkNamed(deliveries: readonly Delivery[], { act, decision }: Made): readonly Finding[] {
  const { ciphertext, delivery, size } = decision;
  if (typeof ciphertext !== 'string' || delivery !== undefined) return [];
  const match = deliveries.find((sent) => sent.decision.item === decision.item && sent.ciphertext === ciphertext);
  const same = match !== undefined && (size === undefined || size === match.decision['size']);
  return same ? [] : [finding('ciphertext-differs', aboutOf({ act, decision }), { type: act.body.type, item: decision.item })];
}

/** What was opened has the digest that the sender's manifest promised. */
function checkOpened(deliveries: readonly Delivery[], { act, decision }: Made): readonly Finding[] {
  if (typeof decision['plaintext'] !== 'string') return [];
  const promised = deliveries.filter((sent) => sent.decision.item === decision.item).flatMap((sent) => manifestOf(sent) ?? []);
  const same = promised.length === 0 || promised.some((manifest) => manifest.plaintext.digest === decision['plaintext']);
  return same ? [] : [finding('plaintext-differs', aboutOf({ act, decision }), { type: act.body.type, item: decision.item })];
}

/** When the case is closed, or retention has run out, both sides have certified that their copy is gone. */
function checkEnded(
  scene: Scene,
  { folded, setting }: ReadCase,
  { delivery, made }: { readonly delivery: Delivery; readonly made: readonly Made[] },
): readonly Finding[] {
  const { item } = delivery.decision;
  const kept = copiesOf(setting, folded.state, scene.file.madeAt).filter((copy) => copy.item === item);
  // Part of a court's file, or held by order: it is not to be destroyed, whatever retention says.
  const excused = (party: string, ...by: readonly CopyStatus[]): boolean =>
    kept.some((copy) => copy.party === party && by.includes(copy.status));
  const sender = delivery.act.body.by.party;
  const certificates = made.filter(
    ({ act, decision }) =>
      decision.item === item &&
      typeof decision['method'] === 'string' &&
      // Whoever passed its copy on certifies that copy; the same payload lay there under two headers.
      (decision['ciphertext'] === delivery.ciphertext || act.body.by.party === sender),
  );
  const holders = new Set(made.filter(({ decision }) => isReceiptOf(decision, delivery)).map(({ act }) => act.body.by.party));
  const left = [...holders, sender].filter((party) => !certificates.some(({ act }) => act.body.by.party === party));
  const about = { act: delivery.act.digest, item };
  // Closing is one word in every procedure: an act of this name, whether or not it was allowed to count.
  const closed = scene.acts.some((act) => act.sound && act.body.type === 'close');
  if (closed)
    return left
      .filter((party) => !excused(party, 'court-record'))
      .map((party) => finding('copy-not-destroyed', { ...about, party }, { item, party }));
  const recalled = kept.filter((copy) => copy.recalled !== undefined && copy.status === 'overdue' && left.includes(copy.party));
  if (recalled.length > 0)
    return recalled.map(({ party, recalled: at = '' }) =>
      finding('kept-past-recall', { ...about, party }, { item, party, until: at }),
    );
  const until = retentionOf(folded, { delivery, made });
  if (until === undefined || scene.file.madeAt < until) return [];
  return left
    .filter((party) => party !== sender && !excused(party, 'court-record', 'legal-hold'))
    .map((party) => finding('kept-past-retention', { ...about, party }, { item, party, until }));
}

function isReceiptOf(decision: Decision, { decision: sent, ciphertext }: Delivery): boolean {
  const names = decision.item === sent.item && decision['ciphertext'] === ciphertext;
  return names && decision['delivery'] === undefined && decision['method'] === undefined && decision['manifest'] !== undefined;
}

/** Until when a copy may be kept: as last retained, else as the manifest says, else as the case was opened with. */
function retentionOf(
  folded: ReadCase['folded'],
  { delivery, made }: { readonly delivery: Delivery; readonly made: readonly Made[] },
): string | undefined {
  const retained = made.findLast(({ decision }) => decision.item === delivery.decision.item && isInstant(decision['until']));
  const until =
    retained?.decision['until'] ?? manifestOf(delivery)?.retention.until ?? folded.state.done[0]?.data['retentionUntil'];
  return isInstant(until) ? until : undefined;
}
