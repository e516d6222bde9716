import { scanBeside } from '@comity/prepare';
import { findDataset, keepScan } from '../../store/datasets.ts';
import { keepScanned } from '../../store/scanned.ts';
import type { House } from '../house.ts';
import { findingsIn, type KeptScan } from './findings.ts';

/** Looks what is in a dataset, and keeps what was found: masked, and as rates. A dataset that is gone is nobody's business any more. */
export async function scanDataset(house: House, id: string): Promise<void> {
  const dataset = await findDataset(house.db, id);
  if (dataset === undefined || dataset.scan !== null) return;
  try {
    const found = await scanBeside(dataset.source);
    const kept: KeptScan = found.ok ? { ...found.value, at: house.now() } : { refused: found.refusal.code };
    const findings = findingsIn({ ...dataset, scan: kept });
    await house.db.transaction().execute(async (tx) => {
      await keepScan(tx, id, kept);
      // What cases may ask for is assessed with what was seen in it, also when this entry is forgotten.
      if (!dataset.own && findings !== undefined) await keepScanned(tx, dataset.name, findings);
    });
  } catch (error) {
    // A fault of ours: whoever waits for it is told, and it is not tried for ever.
    await keepScan(house.db, id, { refused: 'internal' });
    throw error;
  }
}
