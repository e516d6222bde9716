import type { Browser } from 'playwright-core';
import { ORDER, testSandbox } from '../../testing.ts';
import { launchChromium } from '../chromium.ts';

/** What the parts of one file of tests look at: one sandbox, with those who have a seat in an order, and one browser. */
export interface Room {
  readonly sandbox: Awaited<ReturnType<typeof testSandbox>>;
  readonly browser: Browser;
}

let begun: Promise<Room> | undefined;

/** The room of this file of tests; whoever asks first waits until it is there. */
export function room(): Promise<Room> {
  begun ??= begin();
  return begun;
}

async function begin(): Promise<Room> {
  const [sandbox, browser] = await Promise.all([testSandbox({ only: ORDER, pages: true }), launchChromium()]);
  return { sandbox, browser };
}

/** Ends browser and sandbox, after the last part. */
export async function leaveRoom(): Promise<void> {
  const { sandbox, browser } = await room();
  await browser.close();
  await sandbox.stop();
}
