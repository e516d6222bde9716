/** An answer that is longer than anything that was asked for. */
export class TooLong extends Error {}

/** The bytes of an answer, at most so many: a peer decides what it sends, not how much of our memory it fills. Rejects with TooLong. */
export async function boundedBytes(answer: Response, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of answer.body ?? []) {
    length += part.length;
    // Leaving the loop closes the stream.
    if (length > most) throw new TooLong(`more than ${most} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts, length);
}

/** The same as text. */
export async function boundedText(answer: Response, most: number): Promise<string> {
  return Buffer.from(await boundedBytes(answer, most)).toString('utf8');
}
