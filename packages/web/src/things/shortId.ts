/** The part of a case's id by which people tell cases apart: its last eight digits (the first are the time). */
export function shortId(id: string): string {
  return id.slice(-8);
}
