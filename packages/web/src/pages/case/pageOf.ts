/** Acts that are made on a page of their own, because something must be seen or done first. */
export function pageOf(act: string): 'assess' | 'preview' | 'open' | undefined {
  if (act === 'assess' || act === 'choose') return 'assess';
  if (act === 'minimise') return 'preview';
  return act === 'open' ? 'open' : undefined;
}
