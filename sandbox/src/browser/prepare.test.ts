import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Actor } from '../stories/actor.ts';
import { scanOf } from '../stories/preparing.ts';
import { testSandbox } from '../testing.ts';
import { launchChromium } from './chromium.ts';
import { type Desk, openDesk } from './desk.ts';
import { faultsOn } from './faults.ts';

const HOSPITAL = 'us-hospital';
const NARROW = [
  { language: 'en', width: 320 },
  { language: 'ar', width: 390 },
] as const;

let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let browser: Browser;
let desk: Desk;
const complaints: string[] = [];

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([testSandbox({ only: ['us-hospital', 'cn-vendor'], pages: true }), launchChromium()]);
  desk = await openDesk(sandbox, await browser.newContext({ viewport: { width: 1280, height: 900 } }), complaints);
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});

/** Twelve hundred visits of three hundred people: the ward follows the age. */
function visits(): string {
  const rows = Array.from({ length: 1200 }, (_, i) => {
    const age = (i * 37) % 90;
    const ward = age < 18 ? 'children' : age < 60 ? 'surgery' : 'cardiology';
    return `p${i % 300},person${i % 300}@mail.example,${age},${ward}`;
  });
  return ['person,email,age,ward', ...rows].join('\n');
}

let address = '';
let report = '';

/** Rows of the twin with somebody under eighteen in a ward. */
async function childrenIn(ward: string): Promise<number> {
  const engineer = await Actor.signIn(sandbox, HOSPITAL, 'engineer-1');
  const text = Buffer.from(await engineer.bytes(`/api/preparations/${report.split('/').at(-1)}/output`)).toString();
  const rows = text.split('\r\n').map((line) => line.split(','));
  return rows.filter(([age, of]) => Number(age) < 18 && of === ward).length;
}

test('somebody drops a file in, and sees what is in each column, masked', async () => {
  const { page } = desk;
  await desk.enter(HOSPITAL, 'engineer-1');
  await page.getByRole('link', { name: 'Prepare', exact: true }).click();
  await page
    .getByLabel('File', { exact: true })
    .setInputFiles({ name: 'visits.csv', mimeType: 'text/csv', buffer: Buffer.from(visits()) });
  await page.getByLabel('Whose data are these?').fill('visitors');
  await page.getByRole('button', { name: 'Take the file in' }).click();
  const email = page.getByRole('row', { name: /^email/ }).first();
  await email.getByText('E-mail address').waitFor();
  expect(await email.textContent()).toContain('yes, or it may');
  const rules = page.getByRole('heading', { name: 'Which rules speak of it' }).locator('..');
  expect(await rules.textContent()).toMatch(/HIPAA, 45 CFR 164\.514\(b\)\(2\)\(i\).*email/);
  expect(await page.locator('article').textContent()).not.toContain('@mail.example');
  address = new URL(page.url()).pathname;
});

test('a preview follows what somebody says that is needed', async () => {
  const { page } = desk;
  await page.getByText('Only what is needed', { exact: true }).click();
  const plan = page.locator('details.plan', { hasText: 'Only what is needed' });
  await plan.getByLabel('What happens to age').selectOption('keep');
  await page.getByText('1,200 of 1,200 rows and 1 of 4 columns would leave.').waitFor();
  await page.getByLabel('Rows of certain identifiers, in column').selectOption('email');
  await page.getByLabel('Kind of identifier').selectOption('email');
  await page.getByLabel('Identifiers, one a line').fill('PERSON7@mail.example\nnobody@mail.example');
  await page.getByText('4 of 1,200 rows and 1 of 4 columns would leave.').waitFor();
  await page.getByText('1 identifier finds no row.').waitFor();
  await page.getByRole('button', { name: 'Make this' }).click();
  await page.locator('.made').getByText('4 rows').waitFor();
  await page.locator('.made').getByText('What was signed').click();
  await page.getByText('us-hospital#engineer-1-1').waitFor();
  await page.getByText('us-hospital#sign-1').waitFor();
});

test('Safe Harbor begins with what the scan found, and says what happens to each column and each of the eighteen identifiers', async () => {
  const { page } = desk;
  await page.getByText('Without identities (HIPAA Safe Harbor)', { exact: true }).click();
  expect(await page.getByLabel('What email is').inputValue()).toBe('identifier');
  await page.getByLabel('What ward is').selectOption('category');
  await page
    .getByText(/^The eighteen identifiers: \d/)
    .first()
    .click();
  await page.getByRole('row', { name: /\(F\) E-mail addresses left out/ }).waitFor();
  await page.getByRole('button', { name: 'Make it without identities' }).click();
  await page
    .locator('.made')
    .getByText(/^Columns: (age, )?ward$/)
    .waitFor();
});

test('a plan of one’s own says in plain words what k means, counts while somebody chooses, and shows what came out', async () => {
  const { page } = desk;
  await page.getByText('A plan of your own', { exact: true }).click();
  const plan = page.locator('details.plan', { hasText: 'A plan of your own' });
  await plan.getByLabel('What happens to ward').selectOption('keep');
  await plan.getByText('1 of 4 columns would leave.').waitFor();
  await plan.getByLabel('What happens to age').selectOption('search');
  expect(await plan.getByLabel('How age becomes coarser').inputValue()).toBe('number');
  await plan.getByText(/of 1,200 rows, 1,200 look like fewer than k|of 1,200 rows, 0 look like fewer than k/).waitFor();
  await plan.getByLabel('At least so many look alike (k)').fill('40');
  await plan.getByText('Everybody then looks like at least 39 others.').waitFor();
  await plan.getByText('of 1,200 rows, 1,200 look like fewer than k').waitFor();
  await plan.getByLabel('Steps of age').fill('5, 12');
  await plan.getByText('each a multiple of the one before, such as').waitFor();
  expect(await plan.getByRole('button', { name: 'Make it by this plan' }).isDisabled()).toBe(true);
  await plan.getByLabel('Steps of age').fill('5, 10, 20');
  await plan.getByRole('button', { name: 'Make it by this plan' }).click();
  const made = page.locator('ol.made > li').first();
  await made.getByText(/^At least \d+ look alike/).waitFor();
  await made.getByText('in steps of 5').waitFor();
});

test('a twin waits for a budget that counsel sets, and its report shows pictures, attacks and what stays inside', async () => {
  const { page } = desk;
  await desk.enter(HOSPITAL, 'counsel-1');
  await page.goto(desk.at(HOSPITAL, `${address}?lang=en`));
  expect(await page.getByText('Make something of it').count()).toBe(0);
  await page.getByLabel('ε of all releases together').fill('4');
  await page.getByRole('button', { name: 'Set the budget' }).click();
  await page.getByText('Of ε 4, 0 is spent and 4 is left').waitFor();
  await desk.enter(HOSPITAL, 'engineer-1');
  await page.goto(desk.at(HOSPITAL, `${address}?lang=en`));
  await page.getByText('Synthetic twin', { exact: true }).click();
  await page.getByLabel('ε of this release').fill('3');
  await page.getByLabel('Whose row is it?').selectOption('person');
  await page.getByLabel('Rows of one person that count').fill('4');
  await page.getByLabel('I say it', { exact: true }).check();
  await page.getByLabel('What age may hold').selectOption('number');
  await page.getByLabel('Edges of age').fill('0, 60, 18');
  await page.getByText('Write at least two numbers that rise.').waitFor();
  await page.getByLabel('Edges of age').fill('0, 18, 60, 90');
  await page.getByLabel('What ward may hold').selectOption('values');
  await page.getByLabel('Values of ward, one a line').fill('children\nsurgery\ncardiology');
  await page.getByRole('button', { name: 'Add a pair' }).click();
  const pair = page.getByRole('group', { name: 'Pair 1' });
  await pair.getByLabel('Column', { exact: true }).selectOption('age');
  await pair.getByLabel('Value').first().fill('7');
  await pair.getByLabel('never with column').selectOption('ward');
  await pair.getByLabel('Value').last().fill('cardiology');
  await page.getByRole('button', { name: 'Make the synthetic twin' }).click();
  await page.getByRole('link', { name: 'See the report' }).click({ timeout: 30_000 });
  await page.getByRole('heading', { name: 'Synthetic twin of visits' }).waitFor();
  for (const part of ['Column by column', 'How close is it?', 'Attacks, each beside a control', 'What it took'])
    await page.getByRole('heading', { name: part }).waitFor();
  await page.getByText('For this office only.').waitFor();
  await page.getByText('The same, with one false alarm in a hundred').waitFor();
  const [paper] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Report as PDF' }).click()]);
  expect(paper.suggestedFilename()).toMatch(/^report-[0-9a-f]{8}\.pdf$/);
  expect(readFileSync(await paper.path(), 'latin1')).toContain('pdfaid:part>2');
  report = new URL(page.url()).pathname;
  expect(await childrenIn('cardiology')).toBe(0);
  expect(await childrenIn('children')).toBeGreaterThan(0);
});

test('what was made is offered up to a day that somebody says, and withdrawn', async () => {
  const { page } = desk;
  await page.goto(desk.at(HOSPITAL, `${address}?lang=en`));
  const made = page.locator('ol.made > li').first();
  await made.getByText('Offer it to cases').click();
  await made.getByLabel('Name').fill('visits-twin');
  expect(await made.getByRole('button', { name: 'Offer it' }).isDisabled()).toBe(true);
  const day = made.getByLabel('Last day on which cases may ask for it');
  await day.fill('2099-01-01');
  expect(await made.getByRole('button', { name: 'Offer it' }).isDisabled()).toBe(true);
  await day.fill(new Date(Date.now() + 86_400_000).toISOString().slice(0, 10));
  await made.getByRole('button', { name: 'Offer it' }).click();
  await made.getByText('Cases may ask for it as').waitFor();
  await made.getByText('Withdraw the offer').first().waitFor();

  // What is offered stands on the first page too, for its dataset may be forgotten.
  await page.goto(desk.at(HOSPITAL, '/prepare?lang=en'));
  const row = page.getByRole('row', { name: /^visits-twin/ });
  await row.getByText('Withdraw the offer').first().click();
  await row.getByText('they get it still').waitFor();
  expect(await faultsOn(page, 'offers', NARROW)).toEqual([]);
  await row.getByRole('button', { name: 'Withdraw the offer' }).click();
  await row.waitFor({ state: 'detached' });
  await page.goto(desk.at(HOSPITAL, `${address}?lang=en`));
  await made.getByText('Cases could ask for it as').waitFor();
  await made.getByText('Offer it again').click();
  await made.getByText('Last day on which cases may ask for it').waitFor();
});

test('an assessment shows what the scan saw, and says where the card of the dataset rules it out', async () => {
  const { page } = desk;
  const [engineer, owner] = await Promise.all(['engineer-1', 'owner-1'].map((who) => Actor.signIn(sandbox, HOSPITAL, who)));
  if (engineer === undefined || owner === undefined) throw new Error('nobody is there');
  await scanOf(engineer, 'claims');
  const { factCards } = sandbox.node(HOSPITAL).house;
  Object.assign(factCards, {
    'dataset:claims': { ...factCards['dataset:claims'], 'data.categories': ['personal', 'identifiers'] },
  });
  const data = {
    seats: { client: HOSPITAL },
    items: [{ id: 'd1', identifierType: 'dataset', category: 'records' }],
    purpose: 'cost-analysis',
    retentionUntil: '2027-03-31T00:00:00.000Z',
  };
  const sections = { datasets: { d1: { type: 'dataset', value: 'claims' } }, need: { text: 'Compare the costs.' } };
  const id = await owner.open({ procedure: 'outsourcing.engagement', type: 'ask', data, sections });
  await desk.enter(HOSPITAL, 'owner-1');
  await desk.openCase(HOSPITAL, id);
  await page.goto(desk.at(HOSPITAL, `/cases/${id}/assess?lang=en&party=cn-vendor`));
  const says = page.locator('.scan-says');
  await says.getByText('Derived from the scan of claims').waitFor();
  expect(await says.textContent()).toMatch(/rules out what the scan saw: kinds of data.*diagnosis, procedure_code/i);
  expect(await faultsOn(page, 'assess', NARROW)).toEqual([]);
});

test('the pages of preparation have no fault by WCAG, and fit a small window', async () => {
  const { page } = desk;
  await desk.enter(HOSPITAL, 'engineer-1');
  await page.goto(desk.at(HOSPITAL, `${report}?lang=en`));
  await page.getByRole('heading', { name: 'Column by column' }).waitFor();
  expect(await faultsOn(page, 'report', NARROW)).toEqual([]);
  await page.goto(desk.at(HOSPITAL, `${address}?lang=en`));
  for (const form of ['Only what is needed', 'Without identities (HIPAA Safe Harbor)', 'A plan of your own', 'Synthetic twin'])
    await page.getByText(form, { exact: true }).first().click();
  expect(await faultsOn(page, 'dataset', NARROW)).toEqual([]);
  await page.goto(desk.at(HOSPITAL, '/prepare?lang=en'));
  await page.getByRole('heading', { name: 'In preparation' }).waitFor();
  expect(await faultsOn(page, 'prepare', NARROW)).toEqual([]);
});

test('no page complains', () => {
  expect(complaints).toEqual([]);
});
