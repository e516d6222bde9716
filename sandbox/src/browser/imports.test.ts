import type { CaseView } from '@comity/node/api';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askAndApprove, DRAFT, type People, signInAll } from '../stories/cooperation.ts';
import { teller } from '../stories/teller.ts';
import { ORDER, testSandbox } from '../testing.ts';
import { launchChromium } from './chromium.ts';
import { becomesTrue, type Desk, openDesk } from './desk.ts';
import { faultsOn } from './faults.ts';

const NARROW = [
  { language: 'en', width: 390 },
  { language: 'ar', width: 390 },
] as const;
const TEXT = 'Parquet de Paris\nRéférence : 17/26\nm.duarte@skymail.example, le 3.4.2026, 9:15\n<img src=x onerror=alert(1)>\n';

const MLA = {
  procedure: 'mla.request',
  type: 'draft',
  data: {
    seats: { requesting: 'pt-prosecution', 'central-out': 'pt-central', 'central-in': 'ie-authority' },
    items: [{ id: 'm1', identifierType: 'email', category: 'subscriber' }],
    purpose: 'criminal-investigation',
    maxPenaltyYears: 5,
    retentionUntil: '2029-12-31T00:00:00.000Z',
    treaty: 'Council of Europe Convention of 1959',
    treatyInForce: true,
  },
  sections: {
    identifiers: { m1: { type: 'email', value: 'm.duarte@skymail.example' } },
    offence: { statute: 'Código Penal art. 221' },
    facts: { text: 'Computer fraud, committed in March 2026.' },
    necessity: { text: 'Who opened the account cannot be learnt otherwise.' },
  },
};

let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let browser: Browser;
let desk: Desk;
let people: People;
const complaints: string[] = [];

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([testSandbox({ only: ORDER, pages: true }), launchChromium()]);
  desk = await openDesk(sandbox, await browser.newContext({ viewport: { width: 1280, height: 900 } }), complaints);
  people = await signInAll(sandbox);
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});

const at = (path: string): string => desk.at('pt-prosecution', path);

/** Notes a call by keys alone, from the field in which whom to call is chosen. */
async function noteCall(): Promise<void> {
  const { page } = desk;
  await page.getByLabel('Authority that was called').focus();
  await page.keyboard.press('ArrowDown');
  await page.getByText('Call this number:').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.type('A. Weber');
  await page.getByLabel('When').fill('2026-11-26T09:00');
}

async function read(id: string): Promise<void> {
  const { page } = desk;
  await page.goto(at(`/imports/${id}?lang=en`));
  await page.getByLabel('I work on this case').check();
  await page.getByRole('button', { name: 'Read the document' }).click();
  await page.locator('.import').waitFor();
}

let imported = '';

test('a file is handed in from the desk, waits in quarantine, and is read only with a stated reason', async () => {
  const { page } = desk;
  await desk.enter('pt-prosecution', 'prosecutor-1');
  await page.getByRole('link', { name: 'What came from outside' }).click();
  await page.getByText('Nothing waits.').waitFor();
  await page.locator('#hand-in-file').setInputFiles({ name: 'order.html', mimeType: 'text/html', buffer: Buffer.from(TEXT) });
  await page.getByText('Its name ends in none').waitFor();
  await page.locator('#hand-in-file').setInputFiles({ name: 'order.txt', mimeType: 'text/plain', buffer: Buffer.from(TEXT) });
  await page.getByText('It will be read as: Text.').waitFor();
  await page.getByRole('button', { name: 'Put it into quarantine' }).click();
  await page.getByRole('button', { name: 'Read the document' }).waitFor();
  imported = page.url().split('/').at(-1)?.slice(0, 36) ?? '';
  expect(await page.locator('main').textContent()).not.toContain('17/26');
  await page.goto(at('/imports?lang=en'));
  await page.getByRole('link', { name: /^Text/ }).waitFor();
  expect(await page.locator('main').textContent()).not.toContain('17/26');
  expect(await faultsOn(page, 'imports', NARROW)).toEqual([]);
});

test('the original is shown as text, each proposal with its place and its doubts, and necessity is not among them', async () => {
  const { page } = desk;
  await read(imported);
  expect(await page.locator('.outside-text pre').textContent()).toBe(TEXT);
  expect(await page.locator('.outside-text img').count()).toBe(0);
  expect(await page.locator('.outside-text mark').allTextContents()).toEqual(
    expect.arrayContaining(['17/26', 'm.duarte@skymail.example']),
  );
  const proposals = (await page.locator('.proposals').textContent()) ?? '';
  expect(proposals).toContain('proposed by the program');
  expect(proposals).toContain('No time zone is named');
  expect(proposals).not.toMatch(/necessity/i);
  await page.getByRole('link', { name: 'line 2 of the original' }).click();
  expect(await page.locator('mark:target').textContent()).toBe('17/26');
  expect(await faultsOn(page, 'import', NARROW)).toEqual([]);
});

test('by keys alone one person notes a call and proposes, and cannot also carry it out', async () => {
  const { page } = desk;
  await page.getByRole('button', { name: 'Propose to take it up' }).click();
  expect(await becomesTrue(page, "document.activeElement?.id === 'call-authority'")).toBe(true);
  await noteCall();
  await page.getByRole('button', { name: 'Propose to take it up' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Another person must carry it out').waitFor();
  expect(await page.getByRole('button', { name: 'Propose to take it up' }).count()).toBe(0);
});

test('another person calls too and opens a case in the form that the document has filled in, but for reasons', async () => {
  const { page } = desk;
  await desk.enter('pt-prosecution', 'investigator-1');
  await read(imported);
  await noteCall();
  await page.getByLabel('It opens a case').check();
  await page.getByRole('combobox', { name: 'Procedure' }).selectOption('emergency.disclosure');
  await page.locator('form.request').waitFor();
  expect(await page.locator('[id="data.items.0.value"]').inputValue()).toBe('m.duarte@skymail.example');
  expect(await page.locator('[id="data.items.0.category"]').inputValue()).toBe('');
  const reasons = await page
    .locator('form.request textarea')
    .evaluateAll((all) => all.map((one) => (one as { value?: string }).value));
  expect(reasons.join('')).toBe('');
  const open = page.getByRole('button', { name: /^Take it up:/ });
  await open.click();
  await page.locator('form.request [role=alert], form.request .problem').first().waitFor();
  await fillIn();
  await open.click();
  await page.locator('.case').waitFor();
  expect(await page.locator('.case').textContent()).toContain('m.duarte@skymail.example');
  await page.goto(at('/imports?lang=en'));
  await page.getByText('taken up').waitFor();
  expect(await page.getByRole('link', { name: /^Case / }).count()).toBe(1);
});

/** Says whatever a form still asks for, the first of each. */
async function fillIn(): Promise<void> {
  const form = desk.page.locator('form.request');
  for (const select of await form.locator('select[required]').all())
    if ((await select.inputValue()) === '') await select.selectOption({ index: 1 });
  await form.getByLabel('Purpose').fill('criminal-investigation');
  for (const text of await form.locator('textarea[required]').all())
    await text.fill('A person is held; the account shows where, by noon.');
  for (const time of await form.locator('input[type=datetime-local]').all()) await time.fill('2026-12-24T09:00');
  for (const group of await form.locator('[role=radiogroup]').all()) await group.locator('input').first().check();
}

test('whoever issues keys each identifier again, blind; a difference stops the act and names the item', async () => {
  const { page } = desk;
  const id = await people.investigator.open(DRAFT);
  await people.prosecutor.until(id, 'issue');
  await desk.enter('pt-prosecution', 'prosecutor-1');
  await desk.openCase('pt-prosecution', id);
  await page.goto(at(`/cases/${id}/decide?lang=en&move=issue`));
  await page.locator('.rekey').waitFor();
  const issue = page.locator('.decision form button[type=submit]');
  await issue.click();
  await page.getByText('Nothing was sent: key each identifier again').waitFor();
  const fields = page.locator('.rekey input');
  await fields.nth(0).fill('m.duarte@skymail.example');
  await fields.nth(1).fill('r.sylva@skymail.example');
  await page.keyboard.press('Tab');
  await page.getByText('Item 3: this is not what was keyed first.').waitFor();
  expect(await page.locator('.rekey').textContent()).not.toContain('r.silva@');
  expect(await faultsOn(page, 'rekey', NARROW)).toEqual([]);
  await issue.click();
  await page.getByText('the two keyings of an identifier differ').waitFor();
  await fields.nth(1).fill(' r.silva@SkyMail.example ');
  await issue.click();
  await people.judge.until(id, 'validate');
  const view = await people.prosecutor.get<CaseView>(`/api/cases/${id}`);
  expect(view.acts.find(({ type }) => type === 'issue')?.data).toMatchObject({ rekeyed: true });
});

test('the letter is read word for word before it goes out, and then its code is known to anybody', async () => {
  const { page } = desk;
  const id = await askAndApprove(people, teller({}, true));
  await desk.openCase('pt-prosecution', id);
  await page.getByRole('link', { name: 'Write the letter' }).click();
  await page.getByRole('button', { name: 'Show the letter' }).click();
  expect(await becomesTrue(page, "document.activeElement?.id === 'notice.language'")).toBe(true);
  expect(await page.locator('input:checked').count()).toBe(0);
  await page.getByLabel('Language of the letter').selectOption('zh');
  await page.getByLabel('Name of the person').fill('M. Duarte');
  await page.getByLabel(/^1\. /).check();
  for (const label of ['Where the person can seek', 'Within what time', 'How', 'Whom the person can ask'])
    await page.getByLabel(label).fill('Tribunal Central');
  await page.getByRole('button', { name: 'Show the letter' }).click();
  await page.locator('.letter-text').waitFor();
  const chinese = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as PDF' }).click();
  expect((await chinese).suggestedFilename()).toContain('.pdf');
  await page.getByLabel('Language of the letter').selectOption('ar');
  expect(await page.locator('.letter-text').count()).toBe(0);
  await page.getByRole('button', { name: 'Show the letter' }).click();
  await page.locator('.letter-text pre[dir=rtl]').waitFor();
  const code = (await page.locator('dl.facts bdi.mono').first().textContent()) ?? '';
  expect(await page.locator('.letter-text').textContent()).toContain(code);
  expect(await faultsOn(page, 'notice', NARROW)).toEqual([]);
  await page.getByRole('button', { name: 'Say that this letter goes out' }).click();
  await page.getByText('The letter was said to go out on').waitFor();
  expect((await fetch(at(`/public/notices/${code}`))).status).toBe(200);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as PDF' }).click();
  expect((await saved).suggestedFilename()).toBe('notice-ar.pdf');
});

test('a request of mutual assistance is a letter that says what it lacks, until it is said', async () => {
  const { page } = desk;
  const id = await people.investigator.open(MLA);
  await desk.openCase('pt-prosecution', id);
  await page.getByRole('link', { name: 'The letter of request' }).click();
  await page.getByText('the language of the answer').waitFor();
  expect(await page.locator('.letter-page ol').last().locator('li').count()).toBe(3);
  await page.getByLabel('Language in which the answer').fill('English');
  await page.getByText('the language of the answer').waitFor({ state: 'detached' });
  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Save as PDF' }).click();
  expect((await saved).suggestedFilename()).toBe('request-en.pdf');
  expect(await faultsOn(page, 'letter', NARROW)).toEqual([]);
});

test('the figures stand beside what they count; what nobody can tell is no zero; they are saved as a file', async () => {
  const { page } = desk;
  await desk.enter('pt-prosecution', 'prosecutor-1');
  await page.getByRole('link', { name: 'Figures' }).click();
  await page.locator('.figures table').first().waitFor();
  const told = (await page.locator('.figures').textContent()) ?? '';
  expect(told).toContain('Person: never counted');
  expect(told).toContain('not known');
  expect(told).toContain('Not known, which is not zero');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as CSV' }).click();
  expect((await saved).suggestedFilename()).toBe('figures-pt-prosecution-2026.csv');
  expect(await faultsOn(page, 'figures', NARROW)).toEqual([]);
});

test('no page complained', () => {
  expect(complaints.filter((complaint) => !complaint.includes('status of 422'))).toEqual([]);
});
