import { describe, expect, it } from 'vitest';
import { play } from './testing/engagement.ts';
import { functions } from './testing/keys.ts';
import { TRUST } from './testing/world.ts';
import { verifyCase } from './verify.ts';

describe('a case that was done by the book', () => {
  it('has no findings', async () => {
    const report = verifyCase(JSON.parse(JSON.stringify(await play().file())), TRUST, functions);
    expect(report.findings).toEqual([]);
    expect(report.verdict).toBe('by-the-book');
  });
});
