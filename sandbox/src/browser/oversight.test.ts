import { readFileSync } from 'node:fs';
import { connect } from '@comity/node';
import { mlDsa44SignerOf, sha256, signerOf } from '@comity/node/keys';
import { formatCheckpoint, MLDSA_COSIGNATURE, NOTE_SIGNATURE, signCheckpoint, verifierKey } from '@comity/prove';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { cooperation } from '../stories/cooperation.ts';
import { teller } from '../stories/teller.ts';
import { ORDER, testSandbox } from '../testing.ts';
import { launchChromium } from './chromium.ts';
import { type Desk, openDesk } from './desk.ts';
import { faultsOn } from './faults.ts';

const OVERSEER = 'eu-overseer';

let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let browser: Browser;
let desk: Desk;
let caseId = '';
const complaints: string[] = [];

/** A whole case is played, and pages are looked at in five ways: longer than a test usually may take. */
vi.setConfig({ testTimeout: 120_000 });

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([testSandbox({ only: ORDER, pages: true }), launchChromium()]);
  desk = await openDesk(sandbox, await browser.newContext({ viewport: { width: 1280, height: 900 } }), complaints);
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});

const LOOKS = [
  { language: 'en', width: 1280, colorScheme: 'light' },
  { language: 'en', width: 320, colorScheme: 'dark' },
  { language: 'fr', width: 768, colorScheme: 'light' },
  { language: 'ar', width: 1280, colorScheme: 'dark' },
  { language: 'ar', width: 390, colorScheme: 'light' },
] as const;

const faults = (where: string) => faultsOn(desk.page, where, LOOKS);

const logs = () => desk.page.getByRole('region', { name: 'Logs that we witness' });
const readings = () => desk.page.getByRole('region', { name: 'Who looked into what, and why' }).first();
const contradictions = () => desk.page.getByRole('region', { name: 'Where one log contradicts another' });

describe('the page of an overseer', () => {
  test('teaches what will stand there before there is anything, and is not for anybody else', async () => {
    const { page } = desk;
    await desk.enter('pt-court', 'judge-1');
    expect(await page.getByRole('link', { name: 'Oversight' }).count()).toBe(0);
    await page.goto(desk.at('pt-court', '/oversight?lang=en'));
    await page.getByRole('alert').waitFor();
    await desk.enter(OVERSEER, 'overseer-1');
    await page.getByText('No office has shown its log yet.').waitFor();
    await page.getByRole('link', { name: 'See logs and readings' }).click();
    await page.getByText('Nobody has opened a case').waitFor();
    expect(await contradictions().textContent()).toContain('Nowhere');
    expect(await faults('empty')).toEqual([]);
  });

  test('lists the logs that are witnessed, copied whole, with nothing against them', async () => {
    ({ case: caseId } = await cooperation(sandbox, teller({}, true)));
    const { page } = desk;
    const lisbon = logs().getByRole('row', { name: /Ministério Público/ });
    await lisbon.waitFor();
    await lisbon.getByText('complete').waitFor();
    await expect.poll(() => logs().locator('tbody tr').count(), { timeout: 20_000 }).toBeGreaterThanOrEqual(4);
    expect(await lisbon.textContent()).toMatch(/nothing/);
    expect(await contradictions().textContent()).toContain('Nowhere');
    await page.getByRole('link', { name: 'Desk' }).click();
    await page.getByText('Nothing speaks against any of them.').waitFor();
  });

  test('shows each reading: when, whose, which role, what, why, which case, and where in the log', async () => {
    const { page } = desk;
    await page.getByRole('navigation').getByRole('link', { name: 'Oversight' }).click();
    const opened = readings().getByRole('row', { name: /Delivery opened/ });
    await opened.first().waitFor();
    const said = (await opened.first().textContent()) ?? '';
    expect(said).toMatch(/\d\d:\d\d \(Brussels\)Ministério Público, DIAP Lisboa, Prosecutor/);
    expect(said).toMatch(/I work on this case[0-9a-f]{8} copyentry \d+ of 20\d\d/);
    expect(await readings().textContent()).not.toMatch(/Helena|Prates|skymail\.example/);
    expect(await faults('readings')).toEqual([]);
  });

  test('can be narrowed by office and by kind, and the choice outlives a reload', async () => {
    const { page } = desk;
    const rows = () => readings().locator('tbody tr');
    await page.getByLabel('Office').selectOption({ label: 'Skymail Cloud Ltd' });
    await expect.poll(() => rows().filter({ hasNotText: 'Skymail' }).count()).toBe(0);
    expect(await rows().count()).toBeGreaterThan(0);
    await page.getByLabel('What was opened').selectOption({ label: 'Deliveries' });
    await page.getByText('No reading fits this choice.').waitFor();
    await page.reload();
    await page.getByText('No reading fits this choice.').waitFor();
    await page.getByLabel('Office').selectOption({ label: 'All offices' });
    await rows().first().waitFor();
    expect(await rows().filter({ hasText: 'Case opened' }).count()).toBe(0);
    await page.getByLabel('What was opened').selectOption({ label: 'Cases and deliveries' });
    await rows().filter({ hasText: 'Case opened' }).first().waitFor();
  });

  test('says in plain words what speaks against a log, and where the signed evidence is', async () => {
    await splitView('nv-venue');
    await dropFromCopies();
    const { page } = desk;
    await logs().getByText('It signed two different histories of the same length').waitFor();
    expect(await logs().getByRole('link', { name: 'The signed evidence' }).getAttribute('href')).toBe('/public/evidence');
    await contradictions().getByText('holds nothing there').first().waitFor();
    expect(await contradictions().textContent()).toMatch(/was shown that/);
    expect(await faults('accused')).toEqual([]);
    await page.getByRole('link', { name: 'Desk' }).click();
    await page.getByText(/There are \d+ things to look at now/).waitFor();
  });

  test('complained of nothing', () => {
    expect(complaints).toEqual([]);
  });
});

describe('a case’s page', () => {
  test('offers the proof of each entry, and the policy that it is checked with', async () => {
    const { page } = desk;
    await desk.enter('pt-prosecution', 'prosecutor-1');
    await desk.openCase('pt-prosecution', caseId);
    const entry = page.locator('.act', { hasText: 'Order validated' });
    await entry.locator('.proof summary').click();
    const save = async (name: string): Promise<string> => {
      const saving = page.waitForEvent('download');
      await entry.getByRole('link', { name }).click();
      return readFileSync(await (await saving).path(), 'utf8');
    };
    expect(await save('Proof of this entry')).toMatch(/^c2sp\.org\/tlog-proof@v1\nextra /);
    expect(await save('Policy to check it with')).toMatch(/^log pt-prosecution\..*\n(.+\n)+quorum /);
  });

  test('lists who of the office opened it or a delivery in it, why, and where the log says so', async () => {
    const { page } = desk;
    await page.getByText(/^Opened \d+ times in this office$/).click();
    const lines = await page.getByRole('region', { name: 'Who opened this case' }).locator('li').allTextContents();
    expect(lines.length).toBeGreaterThan(2);
    expect(
      lines.every((line) => /\(Lisbon\), (prosecutor|investigator)-1: I work on this case.*, log entry \d+$/.test(line)),
    ).toBe(true);
    expect(lines.filter((line) => line.includes('delivery: Traffic data of'))).toHaveLength(1);
  });
});

/** Two heads of one size, both signed with a party's own keys, are shown to the overseer. */
async function splitView(org: string): Promise<void> {
  const origin = `${org}.sandbox.comity.example/log/2031`;
  const statuses: number[] = [];
  for (const filler of [1, 2]) {
    const body = `old 0\n\n${await signedHead(org, origin, new Uint8Array(32).fill(filler))}`;
    statuses.push((await fetch(desk.at(OVERSEER, '/peer/witness/add-checkpoint'), { method: 'POST', body })).status);
    const again = `old 5\n\n${await signedHead(org, origin, new Uint8Array(32).fill(filler))}`;
    statuses.push((await fetch(desk.at(OVERSEER, '/peer/witness/add-checkpoint'), { method: 'POST', body: again })).status);
  }
  expect(statuses).toEqual([200, 200, 409, 422]);
}

async function signedHead(org: string, origin: string, root: Uint8Array): Promise<string> {
  const raw = (key: string): Uint8Array => Buffer.from(key, 'base64url');
  const { log, logPostQuantum } = sandbox.node(org).house.keystore;
  return signCheckpoint({ text: formatCheckpoint({ origin, size: 5n, root }), time: 1_800_000_000n }, [
    { key: verifierKey({ name: origin, kind: NOTE_SIGNATURE, publicKey: raw(log.x) }, sha256), sign: signerOf(log) },
    {
      key: verifierKey({ name: origin, kind: MLDSA_COSIGNATURE, publicKey: raw(logPostQuantum.pub) }, sha256),
      sign: mlDsa44SignerOf(logPostQuantum),
    },
  ]);
}

/** Takes out of the overseer's copies every entry that another log was shown: so they look when an office drops it. */
async function dropFromCopies(): Promise<void> {
  const { db, close } = connect(sandbox.databaseUrl(OVERSEER));
  const seen = await db
    .selectFrom('mirror_entries')
    .select(['seen_origin', 'seen_index'])
    .where('seen_origin', 'is not', null)
    .execute();
  expect(seen.length).toBeGreaterThan(0);
  for (const { seen_origin, seen_index } of seen)
    await db.deleteFrom('mirror_entries').where('origin', '=', seen_origin).where('index', '=', seen_index).execute();
  await close();
}
