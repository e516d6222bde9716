import { type MaskedCell, maskCell } from '../mask.ts';

const KEPT = { name: '', reason: 'in-category', transform: { op: 'keep' } } as const;

/** A value of a scan, masked as a sample of a delivery is: the kind, and for texts the first character. */
export function maskText(text: string): MaskedCell {
  return maskCell(text, KEPT, 'VARCHAR');
}
