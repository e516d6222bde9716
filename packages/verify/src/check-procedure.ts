import { apply, clockOf, dutiesOf, emptyCase, sharesOf } from '@comity/procedure';
import { mayRead, type ReadCase } from './case.ts';
import type { ReadReceipt } from './check-receipts.ts';
import { type Finding, finding } from './report.ts';
import { logOf, type Scene } from './scene.ts';

/** After this time a message that was not taken is no longer on its way, in milliseconds. */
const DAY = 86_400_000;

/** What the procedure says of the sound acts: which it does not allow, who read what they may not, what is overdue or was done late, what was kept back. */
export function checkProcedure(scene: Scene, read: ReadCase): readonly Finding[] {
  return [
    ...checkVoid(scene, read),
    ...checkReaders(scene, read),
    ...checkDuties(scene, read),
    ...checkLate(read),
    ...checkShared(scene, read),
  ];
}

function checkVoid(scene: Scene, { folded }: ReadCase): readonly Finding[] {
  const bodyOf = (digest: string) => scene.acts.find((act) => act.digest === digest)?.body;
  const findings = folded.acts.flatMap(({ digest, verdict, refusal }) => {
    const body = bodyOf(digest);
    if (verdict !== 'void' || refusal === undefined || body === undefined) return [];
    const { party, person, role } = body.by;
    const field = refusal.field === undefined ? {} : { field: refusal.field };
    const values = { ...refusal.values, ...field, type: body.type, party, person, byRole: role, refusal: refusal.code };
    return [finding('act-void', { act: digest, party }, values)];
  });
  const waiting = folded.acts.filter(({ verdict }) => verdict === 'waiting');
  const [first] = waiting;
  if (first === undefined) return findings;
  const type = bodyOf(first.digest)?.type ?? '';
  return [...findings, finding('acts-unjudged', { act: first.digest }, { type, count: waiting.length })];
}

/** Whoever made the file holds no section that the procedure keeps from them. */
function checkReaders({ file, acts }: Scene, read: ReadCase): readonly Finding[] {
  const party = file.madeBy;
  return acts
    .filter((act) => act.sound && act.body.by.party !== party)
    .flatMap(({ act, body, digest }) =>
      Object.keys(act.openings)
        .filter((section) => !mayRead(read, { type: body.type, party, section }))
        .map((section) => finding('section-leaked', { act: digest, party }, { type: body.type, party, section })),
    );
}

function checkDuties({ file }: Scene, { setting, folded }: ReadCase): readonly Finding[] {
  return dutiesOf(setting, folded.state, file.madeAt)
    .filter((duty) => duty.state === 'overdue')
    .map(({ id, party, clock }) =>
      finding(
        clock?.holidaysKnown === false ? 'duty-maybe-overdue' : 'duty-overdue',
        { party },
        { duty: id, party, due: clock?.formal ?? '' },
      ),
    );
}

/** Clocks that something stopped only after they had ended: each time that one runs, where it runs again. Of a term nobody is late. */
function checkLate({ setting, procedure, folded, counted }: ReadCase): readonly Finding[] {
  const findings: Finding[] = [];
  const settled = new Set<string>();
  let state = emptyCase(folded.state.case, procedure);
  for (const act of counted) {
    state = apply(procedure, state, act);
    for (const id of Object.keys(procedure.clocks)) {
      const clock = clockOf(setting, state, { id, now: act.body.at });
      const run = `${id} ${clock?.started}`;
      if (clock?.state !== 'stopped' || clock.term || settled.has(run)) continue;
      settled.add(run);
      if (act.body.at < clock.formal) continue;
      const values = { type: act.body.type, party: clock.party, clock: id, due: clock.formal, at: act.body.at };
      findings.push(
        finding(clock.holidaysKnown ? 'done-late' : 'done-maybe-late', { act: act.digest, party: clock.party }, values),
      );
    }
  }
  return findings;
}

/** What the procedure shares has reached those it is shared with, or is on its way since less than a day. */
function checkShared(scene: Scene, { setting, folded, counted }: ReadCase): readonly Finding[] {
  return counted
    .filter(({ body }) => Date.parse(body.at) < Date.parse(scene.file.madeAt) - DAY)
    .flatMap(({ body, digest }) =>
      sharesOf(setting, folded.state, body)
        .filter((party) => {
          const log = logOf(scene, party);
          return log !== undefined && !log.unproven.has(digest) && !log.entries.some(({ entry }) => entry.act === digest);
        })
        .map((party) => finding('act-not-shared', { act: digest, party }, { type: body.type, party })),
    );
}

/** Receivers say how they judged each act: they must have come to the same answer. */
export function checkVerdicts(receipts: readonly ReadReceipt[], { folded }: ReadCase): readonly Finding[] {
  const ours = new Map(folded.acts.map(({ digest, verdict }) => [digest, verdict]));
  return receipts.flatMap(({ act, party, verdict }) => {
    const judged = ours.get(act);
    // What a receiver still waited for may have come later.
    if (judged === undefined || judged === 'waiting' || verdict === 'waiting' || judged === verdict) return [];
    return [finding('receipt-disagrees', { act, party }, { party, theirs: verdict.slice(0, 40), ours: judged })];
  });
}
