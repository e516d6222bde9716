import { scanBeside } from '@comity/prepare';
import { findDataset, keepScan } from '../../store/datasets.ts';
import type { House } from '../house.ts';

/** Looks what is in a dataset, and keeps what was found: masked, and as rates. A dataset that is gone is nobody's business any more. */
export async function scanDataset(house: House, id: string): Promise<void> {
  const dataset = await findDataset(house.db, id);
  if (dataset === undefined || dataset.scan !== null) return;
  try {
    const found = await scanBeside(dataset.source);
    await keepScan(house.db, id, found.ok ? found.value : { refused: found.refusal.code });
  } catch (error) {
    // A fault of ours: whoever waits for it is told, and it is not tried for ever.
    await keepScan(house.db, id, { refused: 'internal' });
    throw error;
  }
}
