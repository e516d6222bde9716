/** Acts that are made on a page of their own, because something must be seen or done first. */
export function pageOf(act: string): 'assess' | 'preview' | 'open' | 'share' | 'look' | undefined {
  if (act === 'assess' || act === 'choose') return 'assess';
  if (act === 'note-finding') return 'look';
  if (act === 'minimise') return 'preview';
  if (act === 'share') return 'share';
  return act === 'open' || act === 'open-share' ? 'open' : undefined;
}
