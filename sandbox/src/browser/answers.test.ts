import type { ImportsView } from '@comity/node/api';
import { generateOfficeIdentity, sealWhole } from '@comity/seal';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AUTHORITY, askHi1, created, idsFor, request } from '../foreignSystem.ts';
import { callTo, readImport } from '../importing.ts';
import { Actor } from '../stories/actor.ts';
import { testSandbox } from '../testing.ts';
import { launchChromium } from './chromium.ts';
import { type Desk, openDesk } from './desk.ts';
import { faultsOn } from './faults.ts';

const PROVIDER = 'ie-skymail';
const NARROW = [
  { language: 'en', width: 390 },
  { language: 'ar', width: 390 },
] as const;

let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let browser: Browser;
let desk: Desk;
let id: string;
let file: Uint8Array;
const complaints: string[] = [];

beforeAll(async () => {
  const options = { only: ['ie-skymail', 'pt-court'], pages: true, foreign: { [PROVIDER]: [AUTHORITY] } };
  [sandbox, browser] = await Promise.all([testSandbox(options), launchChromium()]);
  desk = await openDesk(sandbox, await browser.newContext({ viewport: { width: 1280, height: 900 } }), complaints);
  const { recipient } = await generateOfficeIdentity();
  const sealed = await sealWhole(new TextEncoder().encode('rows'), [recipient]);
  if (!sealed.ok) throw new Error(sealed.refusal.code);
  file = sealed.value;
  await askHi1(sandbox.node(PROVIDER), request(created(idsFor(), { delivery: { to: AUTHORITY.endpoint, recipient } })));
  const people = [await Actor.signIn(sandbox, PROVIDER, 'analyst-1'), await Actor.signIn(sandbox, PROVIDER, 'reviewer-1')];
  const [first] = people;
  id = (await first?.get<ImportsView>('/api/imports'))?.rows[0]?.id ?? '';
  for (const person of people) {
    await readImport(person, id);
    await person.post(`/api/imports/${id}/decide`, { decision: 'taken-up', callBack: callTo('de-bremen'), words: '' });
  }
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});

async function open(person: string): Promise<void> {
  const { page } = desk;
  await desk.enter(PROVIDER, person);
  await page.goto(desk.at(PROVIDER, `/imports/${id}?lang=en`));
  await page.locator('.import, form').first().waitFor();
  if ((await page.locator('.import').count()) > 0) return;
  await page.getByLabel('I work on this case').check();
  await page.getByRole('button', { name: 'Read the document' }).click();
  await page.locator('.import').waitFor();
}

test('an order that was taken up is answered item by item: a sealed file, or whether there are data', async () => {
  const { page } = desk;
  await open('analyst-1');
  const item = page.getByRole('region', { name: 'Item i1' });
  const chooser = item.locator('input[type=file]');
  await chooser.setInputFiles({ name: 'a.age', mimeType: 'text/plain', buffer: Buffer.from('in clear') });
  await item.getByRole('button', { name: 'Hand the file in' }).click();
  await item.locator('.problem').waitFor();
  await chooser.setInputFiles({ name: 'a.age', mimeType: 'application/octet-stream', buffer: Buffer.from(file) });
  await item.getByRole('button', { name: 'Hand the file in' }).click();
  await item.getByText('Another person must release it.').waitFor();
  await page.getByRole('region', { name: 'Item i2' }).getByRole('button', { name: 'There are no data' }).click();
  await page.getByText('It says that there are no data.').waitFor();
  expect(await page.getByRole('button', { name: 'Release it' }).count()).toBe(0);
  expect(await faultsOn(page, 'answers', NARROW)).toEqual([]);
});

test('another person releases it, and the page says how far it has come', async () => {
  const { page } = desk;
  await open('reviewer-1');
  const item = page.getByRole('region', { name: 'Item i1' });
  await item.getByRole('button', { name: 'Release it' }).click();
  await item.getByText('released: the other system may take it').waitFor();
  await item.getByText('0 of 1 parts').waitFor();
  const other = page.getByRole('region', { name: 'Item i2' });
  await other.getByRole('button', { name: 'Discard it' }).click();
  await other.getByText('discarded').waitFor();
  await other.getByRole('button', { name: 'There are data' }).waitFor();
  expect(await faultsOn(page, 'answers released', NARROW)).toEqual([]);
  expect(complaints.filter((one) => !/status of 4(09|22)/.test(one))).toEqual([]);
});
