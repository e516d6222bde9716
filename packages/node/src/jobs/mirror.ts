import { catchUp } from '../app/catchUp.ts';
import type { House } from '../app/house.ts';
import { mayMirror, mirrorLogs } from '../app/mirror.ts';

/** An overseer's copies follow the heads that it cosigned by so many milliseconds. */
const EVERY = 2000;

/** Starts keeping full copies of the logs that this node witnesses, where it may, and catching up from such a copy should our own log be set back. */
export function startMirroring(house: House): { readonly stop: () => Promise<void> } {
  let running: Promise<void> | undefined;
  const round = (): void => {
    running ??= work(house)
      // A keeper that is away now is there for the next round.
      .catch(() => undefined)
      .finally(() => {
        running = undefined;
      });
  };
  const timer = setInterval(round, EVERY);
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}

async function work(house: House): Promise<void> {
  if (house.log.standing() === 'behind') await catchUp(house);
  if (mayMirror(house.party)) await mirrorLogs(house);
}
