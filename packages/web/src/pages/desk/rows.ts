/** Lines of the queues in the order in which they stand on the page; a block that is not shown counts with all its lines. */
interface Block {
  readonly element: HTMLElement;
  readonly from: number;
  readonly count: number;
}

function blocks(): readonly Block[] {
  let from = 0;
  return [...document.querySelectorAll<HTMLElement>('.queue [data-count], .queue[data-count]')].map((element) => {
    const count = Number(element.dataset['count']);
    const block = { element, from, count };
    from += count;
    return block;
  });
}

/** The number of the line that has the focus. */
export function rowsFocused(): number | undefined {
  const line = document.activeElement?.closest('li');
  const block = blocks().find(({ element }) => line !== null && line !== undefined && element.contains(line));
  const place = block === undefined ? -1 : linesOf(block).findIndex((one) => one.closest('li') === line);
  return block === undefined || place < 0 ? undefined : block.from + place;
}

/** A line's link, where it is shown. */
export function rowAt(index: number): HTMLElement | undefined {
  const block = blocks().find(({ from, count }) => index >= from && index < from + count);
  return block === undefined ? undefined : linesOf(block)[index - block.from];
}

function linesOf({ element }: Block): readonly HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>('.sentence')];
}

/** Brings the block of a line into view, and gives the line the focus once it has come. */
export function showRow(index: number, tries = 200): void {
  const row = rowAt(index);
  if (row !== undefined) {
    row.focus();
    return;
  }
  const block = blocks().find(({ from, count }) => index >= from && index < from + count);
  if (block === undefined || tries === 0) return;
  block.element.scrollIntoView({ block: index === block.from ? 'start' : 'end' });
  setTimeout(() => showRow(index, tries - 1), 50);
}
