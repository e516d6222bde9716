import { ok, type Result } from '@comity/core';
import { type ActRequest, makeAct } from './act.ts';
import type { Appended } from './append.ts';
import { completeAssess } from './assess.ts';
import { checkApproved, checkChosen, checkPermitted } from './choose.ts';
import { sealItems } from './deliver.ts';
import { completeDestruction } from './destroy.ts';
import type { House, Person } from './house.ts';
import { completeMinimise } from './minimise.ts';
import { checkOpened } from './open.ts';
import { shareItems } from './share.ts';

type Completer = (
  house: House,
  ask: { readonly case: string; readonly person: Person; readonly request: ActRequest },
) => Promise<Result<ActRequest>>;

/** Acts with work behind them: what the machine counts, seals, removes or decides is filled in by the machine. */
const COMPLETERS: ReadonlyMap<string, Completer> = new Map<string, Completer>(
  Object.entries({
    assess: completeAssess,
    choose: checkChosen,
    'permit-onward': checkPermitted,
    approve: checkApproved,
    minimise: completeMinimise,
    deliver: async (house, ask) => {
      const sealed = await sealItems(house, ask);
      return sealed.ok ? ok(sealed.value.request) : sealed;
    },
    share: shareItems,
    open: checkOpened,
    'open-share': checkOpened,
    destroy: (house, ask) => completeDestruction(house, { ...ask, side: 'received' }),
    'destroy-share': (house, ask) => completeDestruction(house, { ...ask, side: 'received' }),
    'destroy-source': (house, ask) => completeDestruction(house, { ...ask, side: 'sent' }),
  } satisfies Record<string, Completer>),
);

/** Makes an act of a case for a person, completed with what the machine counts, seals or removes for it. */
export async function perform(
  house: House,
  person: Person,
  ask: { readonly case: string; readonly request: ActRequest },
): Promise<Result<Appended>> {
  const complete = COMPLETERS.get(ask.request.type);
  const request = complete === undefined ? ok(ask.request) : await complete(house, { ...ask, person });
  if (!request.ok) return request;
  try {
    const made = await makeAct(house, person, { case: ask.case, request: request.value });
    if (!made.ok) await request.value.undo?.();
    return made;
  } catch (error) {
    // What cannot be taken back now is a sealed file that no act lists: nobody can fetch it.
    await request.value.undo?.().catch(() => undefined);
    throw error;
  }
}
