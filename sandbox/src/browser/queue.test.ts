import type { DeskView } from '@comity/node/api';
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Actor } from '../stories/actor.ts';
import { DRAFT } from '../stories/cooperation.ts';
import { ORDER, testSandbox } from '../testing.ts';
import { launchChromium } from './chromium.ts';
import { becomesTrue, type Desk, openDesk } from './desk.ts';

const CASES = 10_000;

let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let browser: Browser;
let desk: Desk;
let prosecutor: Actor;
let id = '';
const complaints: string[] = [];

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([testSandbox({ only: ORDER, pages: true }), launchChromium()]);
  desk = await openDesk(sandbox, await browser.newContext({ viewport: { width: 1280, height: 900 } }), complaints);
  prosecutor = await Actor.signIn(sandbox, 'pt-prosecution', 'prosecutor-1');
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});

/** As many cases that look like one that is there: what the desk makes of them is the same work. */
async function multiply(id: string): Promise<void> {
  const client = new pg.Client({ connectionString: sandbox.databaseUrl('pt-prosecution') });
  await client.connect();
  await client.query(
    `insert into cases (id, procedure, procedure_sha256, state, judged, heads, opened, updated)
     select gen_random_uuid()::text, procedure, procedure_sha256, state, judged, heads, opened, updated
     from cases, generate_series(2, $2::int) where id = $1`,
    [id, CASES],
  );
  await client.end();
}

const focused = async (): Promise<unknown> => desk.page.evaluate('document.activeElement.href');
const label = async (): Promise<unknown> => desk.page.evaluate("document.activeElement.closest('ol').getAttribute('aria-label')");

test('a desk with nothing on it says what will be there', async () => {
  await desk.page.goto(desk.at('pt-prosecution', '/enter/prosecutor-1?lang=en'));
  await desk.page.getByRole('heading', { name: 'Nothing has come in yet' }).waitFor();
});

test('the node gives the desk page by page, in one order, and finds a case by the end of its number', async () => {
  id = await (await Actor.signIn(sandbox, 'pt-prosecution', 'investigator-1')).open(DRAFT);
  await multiply(id);
  const first = await prosecutor.get<DeskView>('/api/desk');
  expect([first.rows.length, first.total, first.counts.ours]).toEqual([first.size, CASES, CASES]);
  const last = await prosecutor.get<DeskView>(`/api/desk?side=ours&page=${CASES / first.size - 1}`);
  expect(last.rows.length).toBe(first.size);
  expect(first.rows.some((row) => last.rows.some((other) => other.id === row.id))).toBe(false);
  const found = await prosecutor.get<DeskView>(`/api/desk?find=${id.slice(-8)}`);
  expect(found.rows.map((row) => row.id)).toEqual([id]);
  expect((await prosecutor.get<DeskView>('/api/desk?seat=provider')).total).toBe(0);
});

test('ten thousand lines scroll without a gap, and only those near the window are drawn', async () => {
  await desk.enter('pt-prosecution', 'prosecutor-1');
  await desk.page.getByRole('link', { name: 'With us (10,000)' }).waitFor();
  expect(await becomesTrue(desk.page, "document.querySelectorAll('.queue li').length >= 100")).toBe(true);
  await desk.page.evaluate('scrollTo(0, document.body.scrollHeight / 2)');
  const there = "document.elementFromPoint(300, 450)?.closest('.queue li') !== null";
  expect(await becomesTrue(desk.page, there)).toBe(true);
  expect(await desk.page.locator('.queue li').count()).toBeLessThan(500);
});

test('j and k go from line to line, over the end of a page too; Enter opens', async () => {
  const { page } = desk;
  await page.evaluate('scrollTo(0, 0)');
  await page.locator('ol[aria-label^="Cases 1 "] .sentence').first().waitFor();
  for (let press = 0; press < 101; press++) await page.keyboard.press('j');
  // The next page comes from a node that has ten thousand cases to order.
  await page.locator('ol[aria-label^="Cases 101 "] :focus').waitFor();
  await page.keyboard.press('ArrowUp');
  expect(await label()).toBe('Cases 1 to 100 of 10,000');
  const at = String(await focused());
  await page.keyboard.press('Enter');
  await page.waitForURL(at);
});

test('the question mark says the keys, and letters can be switched off', async () => {
  const { page } = desk;
  await desk.enter('pt-prosecution', 'prosecutor-1');
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys of this page' }).waitFor();
  await page.getByLabel('Keys of one letter are on').uncheck();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.waitForTimeout(300);
  const before = await page.evaluate('document.activeElement.outerHTML');
  await page.keyboard.press('j');
  expect(await page.evaluate('document.activeElement.outerHTML')).toBe(before);
});

test('no page complained', () => {
  expect(complaints).toEqual([]);
});
