import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { canonicalJson, type Facts } from '@comity/core';
import { connect } from '@comity/node';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Actor } from '../stories/actor.ts';
import { testSandbox } from '../testing.ts';
import { launchChromium } from './chromium.ts';
import { type Desk, openDesk } from './desk.ts';

const HOSPITAL = 'us-hospital';

let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let browser: Browser;
let desk: Desk;
const complaints: string[] = [];

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([testSandbox({ only: ['us-hospital', 'cn-vendor'], pages: true }), launchChromium()]);
  desk = await openDesk(sandbox, await browser.newContext({ viewport: { width: 1280, height: 900 } }), complaints);
  await desk.enter(HOSPITAL, 'owner-1');
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});

/**
 * In the page: whether it is no wider than the window, laid out afresh where it seems to be. Chromium may keep the old overflow of a
 * right-to-left page that is made narrower while it is open, though nothing reaches out of it any more.
 */
const FITS = `(() => {
  const { documentElement: root, body } = document;
  const fits = () => root.scrollWidth <= root.clientWidth;
  if (fits()) return true;
  body.style.display = 'none';
  void body.offsetHeight;
  body.style.display = '';
  return fits();
})()`;

/** Whether the page is no wider than the window within five seconds. */
async function settlesIn(page: Page): Promise<boolean> {
  for (let tries = 0; tries < 20; tries++) {
    if (await page.evaluate(FITS)) return true;
    await page.waitForTimeout(250);
  }
  return false;
}

/** Faults by WCAG 2.2 A and AA on the page as it is, at one size, and whether it is wider than the window at desk or phone size. */
async function faultsOn(
  where: string,
  look: { readonly width: number; readonly colorScheme: 'light' | 'dark' },
): Promise<string[]> {
  const found: string[] = [];
  const { width, colorScheme } = look;
  await desk.page.emulateMedia({ colorScheme });
  for (const size of [1670 - width, width]) {
    await desk.page.setViewportSize({ width: size, height: 900 });
    if (!(await settlesIn(desk.page))) found.push(`${where} ${size}: the page stays wider than the window`);
  }
  const { violations } = await new AxeBuilder({ page: desk.page })
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    // The 249 places of the map are all made alike: the one that the keyboard reaches stands for them.
    .exclude('.world .place[tabindex="-1"]')
    .analyze();
  const nodes = violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id} ${node.target.join(' ')}`));
  found.push(...nodes.map((node) => `${where} ${width} ${colorScheme}: ${node}`));
  await desk.page.setViewportSize({ width: 1280, height: 900 });
  await desk.page.emulateMedia({ colorScheme: 'light' });
  return found;
}

/** The same page in English at the desk and, without leaving it, in Arabic on a phone in the dark. */
async function faultsInBoth(where: string): Promise<readonly string[]> {
  const english = await faultsOn(`${where} en`, { width: 1280, colorScheme: 'light' });
  const language = desk.page.locator('.language select');
  await language.selectOption('ar');
  await desk.page.locator('html[dir=rtl]').waitFor();
  const arabic = await faultsOn(`${where} ar`, { width: 390, colorScheme: 'dark' });
  await language.selectOption('en');
  await desk.page.locator('html[dir=ltr]').waitFor();
  return [...english, ...arabic];
}

// While the next answer is on its way, the last one stays and is marked as busy.
const verdict = () => desk.page.locator('.answer[aria-busy=false] .verdict.large');

describe('may it go?', () => {
  test('nothing is said, so the first question is asked; it may be unknown, and the next one follows', async () => {
    const { page } = desk;
    await page.getByRole('link', { name: 'May it go?' }).click();
    const first = await page.locator('#question').textContent();
    await page.getByRole('button', { name: 'I do not know' }).click();
    await page
      .locator('#question')
      .filter({ hasNotText: first ?? '' })
      .waitFor();
    expect(await page.getByRole('heading', { name: 'You do not know' }).isVisible()).toBe(true);
    expect(await page.locator('.answer').count()).toBe(0);
  });

  test('an example is answered at once, with reasons that open; the page has no fault of access', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: /Locations of US devices/ }).click();
    await verdict().waitFor();
    await page
      .getByText(/may stand in the way$/)
      .first()
      .click();
    await page.locator('.regime details[open] .rule-details summary').first().click();
    await page.getByText('Name of the rule').first().waitFor();
    expect(await faultsInBoth('ask')).toEqual([]);
  });

  test('an answer changes the facts, outlives a reload, and back returns to what was being changed', async () => {
    const { page } = desk;
    await page.getByRole('link', { name: 'Change: Importer’s country' }).click();
    await page.getByRole('combobox', { name: 'Importer’s country' }).selectOption('IE');
    await page.getByRole('button', { name: 'Answer', exact: true }).click();
    await page.locator('.said dd', { hasText: 'Ireland' }).waitFor();
    await page.locator('[data-kept=true]').waitFor();
    await page.reload();
    await page.locator('.said dd', { hasText: 'Ireland' }).waitFor();
    await page.goBack();
    await page.getByRole('combobox', { name: 'Importer’s country' }).waitFor();
    expect(await page.getByRole('combobox', { name: 'Importer’s country' }).inputValue()).toBe('IE');
    const kept = await page.evaluate('JSON.stringify(localStorage)');
    expect(String(kept)).not.toContain('geolocation');
  });

  test('cards of a dataset and a vendor state their facts; what may not go has another way, and it can be tried', async () => {
    const { page } = desk;
    await page.goto(desk.at(HOSPITAL, '/ask?lang=en'));
    await page.getByText('Start from something else').click();
    await page.getByRole('button', { name: 'Begin with nothing' }).click();
    await page.getByLabel('A dataset of this organisation').selectOption('claims');
    await page.getByLabel('Somebody it might go to').selectOption('cn-vendor');
    await page.locator('.answer .verdict', { hasText: 'May not go' }).waitFor();
    const ways = page.getByRole('region', { name: 'Not this way, but this way' });
    const elsewhere = ways.locator('.ways > li', { hasText: 'Puerto Rico' }).first();
    await elsewhere.getByRole('button', { name: 'Try it' }).click();
    await verdict().filter({ hasText: 'May go' }).waitFor();
    expect(await faultsInBoth('ask, answered')).toEqual([]);
  });

  test('facts that cannot be true together are named, and no verdict stands beside them', async () => {
    const { page } = desk;
    await page.goto(desk.at(HOSPITAL, '/ask?lang=en&fact=data.categories'));
    await page.getByRole('checkbox', { name: 'personal data', exact: true }).uncheck();
    await page.getByRole('button', { name: /^These \d+$/ }).click();
    await page.getByText('These facts cannot be true together: Kinds of data.').waitFor();
    expect(await page.locator('.answer').count()).toBe(0);
    await page.getByRole('link', { name: 'Change: Kinds of data' }).first().click();
    await page.getByRole('checkbox', { name: 'personal data', exact: true }).check();
    await page.getByRole('button', { name: /^These \d+$/ }).click();
    await verdict().waitFor();
  });

  test('the memo for counsel is a PDF', async () => {
    const { page } = desk;
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the memo as PDF' }).click();
    const path = await (await saving).path();
    expect(readFileSync(path).subarray(0, 5).toString()).toBe('%PDF-');
  });
});

describe('the world map', () => {
  test('says in its table what it shows in colours, Puerto Rico and Hong Kong among them', async () => {
    const { page } = desk;
    await page.goto(desk.at(HOSPITAL, '/ask/map?lang=en'));
    await page.locator('svg.world').waitFor();
    expect(await page.locator('.countries tbody tr').count()).toBeGreaterThan(240);
    await page.getByLabel('Find a country or a rule').fill('Hong Kong');
    expect(await page.locator('.countries tbody tr').textContent()).toContain('May not go');
    const onMap = page.locator('svg.world [data-code=HK]');
    expect(await onMap.getAttribute('aria-label')).toContain('May not go');
    expect(await page.locator('svg.world [data-code=PR]').getAttribute('aria-label')).toContain('May go');
    expect(await faultsInBoth('map')).toEqual([]);
  });

  test('is one stop for the keyboard, arrows go from country to country, and a country leads back to the question', async () => {
    const { page } = desk;
    await page.locator('svg.world [data-code=FR]').focus();
    await page.locator('svg.world [data-code=FR]').press('Enter');
    await page.getByRole('heading', { name: /^France/ }).waitFor();
    await page.keyboard.press('ArrowLeft');
    const chosen = page.locator('svg.world [aria-pressed=true]');
    expect(await chosen.getAttribute('data-code')).not.toBe('FR');
    expect(await page.locator('svg.world [tabindex="0"]').count()).toBe(1);
    await page.getByRole('button', { name: /^Ask the whole question/ }).click();
    await verdict().waitFor();
  });

  test('its atlas weighs nothing on the first page', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const scripts: string[] = [];
    page.on('response', (response) => scripts.push(new URL(response.url()).pathname));
    await page.goto(desk.at(HOSPITAL, '/enter/owner-1'));
    await page.locator('.queue').first().waitFor({ state: 'attached' });
    await context.close();
    expect(scripts.filter((path) => /MapPage|AskPage|LawPage|ChangePage/.test(path))).toEqual([]);
  });
});

describe('the law library', () => {
  test('lists every body of rules, says that no counsel has reviewed it, and is searched', async () => {
    const { page } = desk;
    await page.goto(desk.at(HOSPITAL, '/law?lang=en'));
    await page
      .getByRole('link', { name: /US Data Security Program/ })
      .first()
      .waitFor();
    expect(await page.getByText('not reviewed by counsel').count()).toBeGreaterThan(20);
    expect(await faultsInBoth('law')).toEqual([]);
    await page.getByLabel('Search in the law').fill('countries of concern');
    await page.locator('.hits a').first().waitFor();
    await page.waitForURL(/q=countries/);
  });

  test('one pack shows its rules with what lifts them, its regions by date, and its sources', async () => {
    const { page } = desk;
    await page.goto(desk.at(HOSPITAL, '/law/us.dsp?lang=en'));
    await page.locator('.rules .unless').first().waitFor();
    await page.getByText('Puerto Rico').first().waitFor({ state: 'attached' });
    expect(await page.locator('.sources li').count()).toBeGreaterThan(1);
    expect(await faultsInBoth('pack')).toEqual([]);
  });

  test('an earlier version stands beside the present one, part by part', async () => {
    const { page } = desk;
    await keepEarlierVersion();
    await page.goto(desk.at(HOSPITAL, '/law/us.dsp?lang=en'));
    await page.getByRole('link', { name: 'Compare version 0 with the present one' }).click();
    await page.getByRole('heading', { name: /Version 0 beside version/ }).waitFor();
    expect(await page.locator('.differences').textContent()).toContain('Added: rule us.dsp.401');
    expect(await faultsInBoth('versions')).toEqual([]);
  });
});

/** Lets the hospital have applied an earlier version, without the rule about agreements, before it was started. */
async function keepEarlierVersion(): Promise<void> {
  const { law } = sandbox.node(HOSPITAL).house;
  const now = [...law.texts.values()].find((text) => text.includes('"pack":"us.dsp"')) ?? '{}';
  const pack: { rules: { readonly id: string }[]; version: number } = JSON.parse(now);
  const before = canonicalJson({ ...pack, version: 0, rules: pack.rules.filter(({ id }) => id !== 'us.dsp.401') });
  const sha256 = createHash('sha256').update(before).digest('hex');
  const connection = connect(sandbox.databaseUrl(HOSPITAL));
  await connection.db.insertInto('law_texts').values({ sha256, kind: 'law', text: before }).execute();
  await connection.close();
  await sandbox.halt(HOSPITAL);
  await sandbox.resume(HOSPITAL);
}

describe('a change of law', () => {
  test('is drafted, outlives a reload, and shows what it would do to what runs here', async () => {
    const owner = await Actor.signIn(sandbox, HOSPITAL, 'owner-1');
    const caseId = await assessedCase(owner);
    const { page } = desk;
    await page.goto(desk.at(HOSPITAL, '/law/change?lang=en&pack=us.dsp'));
    await page.getByLabel('Rule', { exact: true }).selectOption('us.dsp.401');
    await page.getByLabel('From which day', { exact: true }).fill('2027-01-01');
    await page.getByRole('button', { name: 'Add to the draft' }).click();
    await page.locator('[data-kept=true]').waitFor();
    await page.reload();
    await page.getByText('The rule us.dsp.401 ends on 2027-01-01.').first().waitFor();
    await page.getByRole('button', { name: 'See what it would do' }).click();
    await page.getByText('One transfer runs here; it changes.').waitFor();
    await page.getByRole('link', { name: new RegExp(caseId.slice(-8)) }).waitFor();
    await page.getByText('from 2027-01-01 on').waitFor();
    expect(await faultsInBoth('change')).toEqual([]);
  });

  test('that is no pack is refused with the field, and what was typed is kept', async () => {
    const { page } = desk;
    await page.getByText('Or a whole pack').click();
    await page.getByLabel('Pack as JSON').fill('{"pack": 7}');
    await page.getByRole('button', { name: 'See what it would do' }).click();
    await page.getByRole('alert').getByText('A law pack cannot be used.').waitFor();
    expect(await page.getByLabel('Pack as JSON').inputValue()).toBe('{"pack": 7}');
  });
});

/** A case of the hospital whose latest assessment is of the vendor in China. */
async function assessedCase(owner: Actor): Promise<string> {
  const known = await owner.get<{
    readonly parties: readonly { readonly id: string; readonly facts: Facts | null }[];
    readonly datasets: readonly { readonly facts: Facts | null }[];
  }>('/api/parties');
  const vendor = known.parties.find(({ id }) => id === 'cn-vendor')?.facts;
  const id = await owner.open({
    procedure: 'outsourcing.engagement',
    type: 'ask',
    data: {
      seats: { client: HOSPITAL },
      items: [{ id: 'd1', identifierType: 'dataset', category: 'records' }],
      purpose: 'cost-analysis',
      retentionUntil: '2027-03-31T00:00:00.000Z',
    },
    sections: { datasets: { d1: { type: 'dataset', value: 'claims' } }, need: { text: 'Costs.' } },
  });
  const facts = { ...known.datasets[0]?.facts, ...vendor };
  await owner.act(id, { type: 'assess', sections: { assessment: { facts, party: 'cn-vendor', country: 'CN' } } });
  return id;
}

test('the command palette leads to the pages of the law', async () => {
  const { page } = desk;
  await desk.enter(HOSPITAL, 'owner-1');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Go to a case' }).fill('Where could it go');
  await page.keyboard.press('Enter');
  await page.waitForURL(/ask\/map/);
});

test('no page complained', () => {
  // A contradiction and a pack that cannot be read are refused on purpose above.
  expect(complaints.filter((one) => !/status of 422/.test(one))).toEqual([]);
});
