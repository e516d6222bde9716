import type { House } from '../app/house.ts';
import { sweepDatasets } from '../app/prepare/datasets.ts';
import { sweepUploads } from '../app/upload.ts';
import { expectedPayloads } from '../store/payloads.ts';

const HOUR = 3_600_000;
/** A payload that has come in part and that nobody expects any more goes after so long, in milliseconds. */
const RESTS = 24 * HOUR;

/** Starts clearing, every hour, what came in part and will not become whole: uploads that rest for too long, payloads that are not expected any more. */
export function startSweeping(house: House): { readonly stop: () => Promise<void> } {
  let running = sweep(house);
  const timer = setInterval(() => {
    running = running.then(() => sweep(house));
  }, HOUR);
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}

async function sweep(house: House): Promise<void> {
  try {
    await sweepUploads(house);
    await sweepDatasets(house);
    const resting = await house.partials.restingSince(Date.now() - RESTS);
    const expected = new Set((await expectedPayloads(house.db)).map(({ ciphertext }) => ciphertext));
    for (const name of resting) if (!name.startsWith('upload-') && !expected.has(name)) await house.partials.remove(name);
  } catch {
    // A database or a vault that is away now is there for the next round.
  }
}
