import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../sandbox.ts';
import { Actor } from '../stories/actor.ts';
import { ORDER, testSandbox } from '../testing.ts';
import { launchChromium } from './chromium.ts';
import { type Desk, openDesk } from './desk.ts';
import { faultsOn } from './faults.ts';

const SUSPECT = 'm.duarte@skymail.example';
const WITNESS = 'r.silva@skymail.example';

let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let browser: Browser;
let desk: Desk;
let caseId = '';
const complaints: string[] = [];

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([testSandbox({ only: ORDER, pages: true }), launchChromium()]);
  desk = await openDesk(sandbox, await browser.newContext({ viewport: { width: 1280, height: 900 } }), complaints);
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});

type Look = readonly [number, 'light' | 'dark'];
const EVERY_LOOK: readonly Look[] = [
  [1280, 'light'],
  [1280, 'dark'],
  [390, 'dark'],
  [390, 'light'],
];

const faults = (where: string, looks: readonly Look[]) =>
  faultsOn(
    desk.page,
    where,
    looks.map(([width, colorScheme]) => ({ width, colorScheme })),
  );

/** The same page in English in every look, and in Arabic in both sizes and both colours. The switch keeps the page's state. */
async function faultsInBoth(where: string): Promise<readonly string[]> {
  const english = await faults(`${where} en`, EVERY_LOOK);
  const language = desk.page.locator('.language select');
  await language.selectOption('ar');
  await desk.page.locator('html[dir=rtl]').waitFor();
  const arabic = await faults(`${where} ar`, [
    [1280, 'dark'],
    [390, 'light'],
  ]);
  await language.selectOption('en');
  await desk.page.locator('html[dir=ltr]').waitFor();
  return [...english, ...arabic];
}

function item(number: number) {
  return desk.page.getByRole('group', { name: `Item ${number}`, exact: true });
}

describe('a European Production Order at the desks', () => {
  test('signing in is one click, and the page has no fault of access', async () => {
    await desk.page.goto(desk.at('pt-prosecution', '/?lang=en'));
    await desk.page.getByRole('button', { name: /Rui Tavares/ }).waitFor();
    expect(await faultsInBoth('sign-in')).toEqual([]);
    await desk.page.getByRole('button', { name: /Rui Tavares/ }).click();
    await desk.page.getByRole('heading', { name: 'Desk' }).waitFor();
    expect(await faultsInBoth('desk')).toEqual([]);
  });

  test('a request that is half filled in outlives a reload', async () => {
    const { page } = desk;
    await page.getByRole('link', { name: 'New request' }).click();
    await page.getByRole('link', { name: 'European Production Order' }).click();
    await item(1).getByRole('textbox', { name: 'Identifier' }).fill(SUSPECT);
    await item(1).getByLabel('Data asked for').selectOption('subscriber');
    await item(1).getByRole('button', { name: 'Same identifier, other data' }).click();
    await item(2).getByLabel('Data asked for').selectOption('traffic');
    await item(2).getByLabel('From').fill('2026-03-01T00:00');
    await item(2).getByLabel('Until').fill('2026-04-01T00:00');
    await page.locator('[data-kept=true]').waitFor();
    await page.reload();
    expect(await item(2).getByRole('textbox', { name: 'Identifier' }).inputValue()).toBe(SUSPECT);
    expect(await item(2).getByLabel('From').inputValue()).toBe('2026-03-01T00:00');
    const kept = await page.evaluate('JSON.stringify(localStorage)');
    expect(String(kept)).not.toContain('duarte');
  });

  test('what is missing is named on top and beside each field, and the page has no fault of access', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: 'Add another identifier' }).click();
    await page.getByRole('button', { name: /Save the draft/ }).click();
    const list = page.getByRole('alert');
    await list.getByRole('link', { name: 'Item 3, Identifier: A required field is empty.' }).click();
    expect(
      await item(3)
        .getByRole('textbox', { name: 'Identifier' })
        .evaluate((field) => field.matches(':focus')),
    ).toBe(true);
    expect(await faultsInBoth('new request')).toEqual([]);
  });

  test('the filled request opens a case', async () => {
    const { page } = desk;
    await item(3).getByRole('textbox', { name: 'Identifier' }).fill(WITNESS);
    await item(3).getByLabel('Data asked for').selectOption('traffic');
    await item(3).getByLabel('From').fill('2026-01-01T00:00');
    await item(3).getByLabel('Until').fill('2026-11-01T00:00');
    await page.getByLabel('Purpose').selectOption('criminal-investigation');
    await page.getByLabel('Provision').fill('Código Penal art. 221');
    await page.getByRole('textbox', { name: 'Summary of the case' }).fill('Computer fraud in March 2026.');
    await page.getByLabel('Maximum penalty').fill('5');
    await page.getByLabel('Necessity').fill('Who opened the account that received the proceeds cannot be learnt otherwise.');
    await page
      .getByRole('radiogroup', { name: /offence committed/ })
      .getByLabel('Yes')
      .check();
    await page
      .getByRole('radiogroup', { name: /person live/ })
      .getByLabel('No')
      .check();
    await page.getByLabel('Keep the data until').fill('2027-06-30');
    await page.getByRole('button', { name: 'Save the draft with 3 items' }).click();
    await page.waitForURL(/\/cases\//);
    await page.locator('.case').waitFor();
    caseId = /cases\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? '';
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
      'Ministério Público, DIAP Lisboa must issue the order, or withdraw it.',
    );
  });

  test('the judge strikes one item out; nothing was decided beforehand', async () => {
    const prosecutor = await Actor.signIn(sandbox, 'pt-prosecution', 'prosecutor-1');
    await prosecutor.until(caseId, 'issue');
    await prosecutor.act(caseId, { type: 'issue' });
    await (await Actor.signIn(sandbox, 'pt-court', 'judge-1')).until(caseId, 'validate');
    const { page } = desk;
    await desk.enter('pt-court', 'judge-1');
    await desk.openCase('pt-court', caseId, '&move=validate');
    await page.locator('.decide').first().waitFor();
    expect(await page.locator('input:checked').count()).toBe(0);
    const decide = (index: number) => page.getByRole('radiogroup').nth(index);
    await decide(0).getByLabel('Approve').check();
    await decide(1).getByLabel('Approve').check();
    await decide(2).getByLabel('Strike out').check();
    await page.getByLabel('Ground').selectOption('period-too-wide');
    await page
      .getByRole('textbox', { name: 'Reasons' })
      .fill('Items 1 and 2 are tied to the transfers of March. Item 3 covers ten months of another person.');
    await page.getByRole('button', { name: 'Approve 2, Strike out 1' }).click();
    await page.getByText('Order validated.').waitFor();
    expect(await page.locator('table.items tbody tr').nth(2).textContent()).toContain('struck out, the period is too wide');
    expect(await faultsInBoth('case')).toEqual([]);
  });

  test('the same case reads from right to left in Arabic, identifiers and times as they are', async () => {
    const { page } = desk;
    await page.goto(desk.at('pt-court', `/cases/${caseId}?lang=ar`));
    await page.locator('.case').waitFor();
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    expect(await page.locator('#timeline').textContent()).toBe('ما حدث');
    expect(await page.locator('bdi.mono', { hasText: SUSPECT }).first().textContent()).toBe(SUSPECT);
    expect(await page.locator('.period-line').first().textContent()).toMatch(/2026/);
  });

  test('the analyst sees what would leave, counted and masked, and never section M', async () => {
    const prosecutor = await Actor.signIn(sandbox, 'pt-prosecution', 'prosecutor-1');
    await prosecutor.until(caseId, 'send');
    await prosecutor.act(caseId, { type: 'send' });
    await (await Actor.signIn(sandbox, 'ie-skymail', 'analyst-1')).until(caseId, 'minimise');
    const { page } = desk;
    await desk.enter('ie-skymail', 'analyst-1');
    await desk.openCase('ie-skymail', caseId);
    expect(await page.locator('.case').textContent()).not.toContain('received the proceeds');
    await page.getByRole('link', { name: `Minimise the data: Traffic data of ${SUSPECT}` }).click();
    await page.getByRole('button', { name: 'Count what would leave' }).click();
    await page.getByText('40 of 1,000,000 rows').waitFor();
    expect(await page.locator('.sample').textContent()).not.toContain('duarte');
    expect(await faultsInBoth('preview')).toEqual([]);
    await page.getByRole('button', { name: 'Confirm 40 rows' }).click();
    await page.locator('.case').waitFor();
  });

  test('the delivery opens in the page, and the page proves the case', async () => {
    const officer = await Actor.signIn(sandbox, 'ie-authority', 'officer-1');
    await officer.until(caseId, 'clear');
    await officer.act(caseId, { type: 'clear' });
    const reviewer = await Actor.signIn(sandbox, 'ie-skymail', 'reviewer-1');
    await reviewer.until(caseId, 'deliver');
    await reviewer.act(caseId, { type: 'deliver', data: { decisions: [{ item: 'i2', choice: 'deliver' }] } });
    await (await Actor.signIn(sandbox, 'pt-prosecution', 'prosecutor-1')).until(caseId, 'open');
    const { page } = desk;
    await desk.enter('pt-prosecution', 'prosecutor-1');
    await desk.openCase('pt-prosecution', caseId);
    await page.getByRole('link', { name: `Open the data: Traffic data of ${SUSPECT}` }).click();
    await page.getByLabel('Why are you opening').fill('To compare the times of access with the transfers.');
    await page.getByLabel('I work on this case').check();
    await page.getByRole('textbox', { name: 'Passphrase' }).fill('sandbox');
    await page.getByRole('button', { name: 'Open the data' }).click();
    await page.getByText('Opened: 40 rows with 9 columns.').waitFor({ timeout: 30_000 });
    expect(await page.locator('.watermark').first().textContent()).toContain('Opened by Helena Prates');
    await page.goto(desk.at('pt-prosecution', `/verify?lang=en&case=${caseId}`));
    await page.getByRole('button', { name: 'Verify', exact: true }).click();
    expect(await page.locator('.verdict.large').textContent()).toBe('By the book');
  });
});

test('the keyboard alone reaches the content, and a case by name', async () => {
  const { page } = desk;
  await desk.enter('pt-prosecution', 'prosecutor-1');
  await page.reload();
  await page.locator('.queue').first().waitFor({ state: 'attached' });
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.getAttribute("href")')).toBe('#main');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Go to a case' }).fill(caseId.slice(-8));
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(caseId));
});

test('every print says that it is the sandbox', async () => {
  await desk.page.emulateMedia({ media: 'print' });
  expect(await desk.page.locator('.band').isVisible()).toBe(true);
  expect(await desk.page.locator('header nav').isVisible()).toBe(false);
  await desk.page.emulateMedia({ media: 'screen' });
});

test('the first page weighs little: 150 kB of script, style and words, compressed', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const assets: string[] = [];
  page.on('response', (response) => assets.push(new URL(response.url()).pathname));
  await page.goto(desk.at('pt-prosecution', '/enter/prosecutor-1'));
  await page.locator('.queue').first().waitFor({ state: 'attached' });
  await context.close();
  const files = [...new Set(assets.filter((path) => path.startsWith('/assets/')))];
  const bytes = files.map((path) => statSync(join(ROOT, 'packages', 'web', 'dist', `${path}.br`)).size);
  expect(files.length).toBeGreaterThan(3);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(150_000);
});

test('no page complained', () => {
  expect(complaints).toEqual([]);
});
