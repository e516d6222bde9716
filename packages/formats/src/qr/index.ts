import { emptyBoard, placeData } from './board.ts';
import { encode } from './encode.ts';
import { MASKS, penaltyOf, withMask } from './mask.ts';

/**
 * A QR code (ISO/IEC 18004, level M, alphanumeric) of at most 154 capital letters, digits and ` $%*+-./:`. Gives its rows, true where a module is dark; whoever draws it leaves
 * four modules of quiet around. Throws a RangeError for any other text.
 */
export function qrCode(text: string): readonly (readonly boolean[])[] {
  const { version, codewords } = encode(text);
  const board = emptyBoard(version.number);
  placeData(board, codewords);
  const tried = MASKS.map((_, mask) => withMask(board, mask));
  const best = tried.reduce((least, one) => (penaltyOf(one) < penaltyOf(least) ? one : least));
  return best.map((row) => [...row]);
}

/** The dark modules as one path of unit squares, for an SVG whose view box is as wide as the code. */
export function qrPath(rows: readonly (readonly boolean[])[]): string {
  return rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
}
