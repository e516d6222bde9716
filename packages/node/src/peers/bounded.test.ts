import { describe, expect, it } from 'vitest';
import { boundedBytes, boundedText, TooLong } from './bounded.ts';

/** An answer without end, and how much of it was taken. */
function endless(): { readonly answer: Response; readonly taken: () => number } {
  let taken = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      taken += 1000;
      controller.enqueue(new Uint8Array(1000));
    },
  });
  return { answer: new Response(body), taken: () => taken };
}

describe('what a peer answers', () => {
  it('is taken whole up to the bound', async () => {
    expect(await boundedText(new Response('a note'), 6)).toBe('a note');
    expect((await boundedBytes(new Response(null), 6)).length).toBe(0);
  });

  it('is refused beyond it, and no more of it is taken', async () => {
    const { answer, taken } = endless();
    await expect(boundedBytes(answer, 5000)).rejects.toThrow(TooLong);
    expect(taken()).toBeLessThan(20_000);
  });
});
