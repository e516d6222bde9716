import { scanBeside } from '@comity/prepare';
import { findDataset, keepScan } from '../../store/datasets.ts';
import type { House } from '../house.ts';

/** Looks what is in a dataset, and keeps what was found: masked, and as rates. A dataset that is gone is nobody's business any more. */
export async function scanDataset(house: House, id: string): Promise<void> {
  const dataset = await findDataset(house.db, id);
  if (dataset === undefined || dataset.scan !== null) return;
  const found = await scanBeside(dataset.source);
  await keepScan(house.db, id, found.ok ? found.value : { refused: found.refusal.code });
}
