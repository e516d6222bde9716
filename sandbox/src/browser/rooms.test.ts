import type { PreviewView } from '@comity/node/api';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Actor } from '../stories/actor.ts';
import { DRAFT } from '../stories/cooperation.ts';
import { ORDER, testSandbox } from '../testing.ts';
import { launchChromium } from './chromium.ts';
import { type Desk, openDesk } from './desk.ts';
import { faultsOn } from './faults.ts';

const DAY = 86_400_000;

let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let browser: Browser;
let desk: Desk;
const complaints: string[] = [];

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([testSandbox({ only: [...ORDER, 'es-prosecution'], pages: true }), launchChromium()]);
  desk = await openDesk(sandbox, await browser.newContext({ viewport: { width: 1280, height: 900 } }), complaints);
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});

const as = (org: string, person: string): Promise<Actor> => Actor.signIn(sandbox, org, person);

/** Gives the reason for which a case is opened, where it is asked for. */
async function openWithReason(): Promise<void> {
  await desk.page.getByLabel('I work on this case').check();
  await desk.page.getByRole('button', { name: 'Open the case' }).click();
}

describe('an emergency', () => {
  let id = '';

  test('is stated: which danger, to whom, by when; what is missing is named with its field', async () => {
    const { page } = desk;
    await desk.enter('pt-prosecution', 'investigator-1');
    await page.getByRole('link', { name: 'Emergency' }).click();
    await page.getByRole('radio', { name: 'European Production Order' }).check();
    await page.getByRole('button', { name: 'Put it before the second officer' }).click();
    await page.getByRole('link', { name: /^What is in danger: / }).waitFor();
    expect(await page.locator('form input:checked').count()).toBe(1);
    expect(await faultsOn(page, 'emergency')).toEqual([]);
    await page
      .getByLabel('Who is in danger')
      .fill('It is urgent, because the matter is most urgent and we need the data now, please, as soon as possible.');
    await page.getByText('No time stands in it.').waitFor();
  });

  test('goes no further than its draft without a second officer', async () => {
    const { page } = desk;
    await page.getByRole('radio', { name: /life/ }).check();
    await page
      .getByLabel('Who is in danger')
      .fill('A girl of nine was taken at 14:10 today; the demand came from this account at 15:02 and names tonight at 23:00.');
    await page.getByLabel('Kind of identifier').selectOption('email');
    await page.getByRole('textbox', { name: 'Identifier' }).fill('m.duarte@skymail.example');
    await page.getByLabel('Data asked for').selectOption('subscriber');
    await page.getByLabel('Provision').fill('Código Penal art. 158');
    await page.getByLabel('Maximum penalty').fill('8');
    await page.getByLabel('Necessity').fill('Who holds the account leads to the place.');
    await page
      .getByRole('radiogroup', { name: /offence committed/ })
      .getByLabel('Yes')
      .check();
    await page
      .getByRole('radiogroup', { name: /person live/ })
      .getByLabel('Yes')
      .check();
    await page.getByLabel('Service provider').selectOption('ie-skymail');
    await page.getByText('+353209131234').waitFor();
    await page.getByLabel('Validating authority').selectOption('pt-court');
    await page.getByLabel('Keep the data until').fill('2027-06-30');
    await page.getByRole('button', { name: 'Put it before the second officer' }).click();
    await page.getByText('One person has acted so far.').waitFor();
    id = /emergency\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? '';
  });

  test('shows its hours large, until when on every clock, and what happens without a validation', async () => {
    const { page } = desk;
    const second = await as('pt-prosecution', 'investigator-2');
    await second.act(id, { type: 'issue-unvalidated' });
    await second.act(id, { type: 'send' });
    await (await as('ie-skymail', 'analyst-1')).until(id, 'minimise');
    await page.goto(desk.at('pt-prosecution', '/emergency?lang=en'));
    const clock = page.getByRole('region', { name: 'Forty-eight hours for validation' });
    await clock.waitFor();
    expect(await clock.textContent()).toMatch(/in 1 day 23 hours.*Lisbon.*UTC.*Without it: The order must be withdrawn at once/);
    await page.goto(desk.at('pt-prosecution', `/emergency/${id}?lang=en`));
    await page.getByText('More than one person answers for this request.').waitFor();
    expect(await faultsOn(page, 'an emergency')).toEqual([]);
  });

  test('a provider that may give and need not records its call back, at a number that it did not take from the request', async () => {
    const { page } = desk;
    const investigator = await as('pt-prosecution', 'investigator-1');
    const asked = await investigator.open({
      procedure: 'emergency.disclosure',
      type: 'draft',
      data: {
        seats: { asking: 'pt-prosecution', confirming: 'pt-court', provider: 'ie-skymail' },
        items: [{ id: 'i1', identifierType: 'email', category: 'subscriber' }],
        purpose: 'criminal-investigation',
        retentionUntil: '2027-06-30T00:00:00.000Z',
        danger: 'life',
      },
      sections: {
        identifiers: { i1: { type: 'email', value: 'm.duarte@skymail.example' } },
        emergency: { text: 'A girl of nine was taken at 14:10 today; the demand came from this account at 15:02.' },
      },
    });
    await (await as('pt-prosecution', 'investigator-2')).act(asked, { type: 'send' });
    await (await as('ie-skymail', 'analyst-1')).until(asked, 'call-back');
    await desk.enter('ie-skymail', 'analyst-1');
    await page.goto(desk.at('ie-skymail', `/emergency/${asked}?lang=en`));
    await page.getByText('never at one that stands in the request').waitFor();
    await page.locator('[id="member.numberFrom"]').selectOption('earlier-case');
    for (const member of ['reached', 'officerConfirmed']) await page.locator(`[id="member.${member}"]`).check();
    await page.locator('[id="section.callback"]').fill('Spoke with the duty desk; the officer named the case.');
    await page.locator('form button[type=submit]').click();
    await page.getByText('the officer confirmed the request').waitFor();
  });
});

describe('a joint team’s room', () => {
  let team = '';
  let share = '';

  test('shows the agreement and who has signed it, and shares under it', async () => {
    const { page } = desk;
    const [lisbon, madrid] = [await as('pt-prosecution', 'prosecutor-1'), await as('es-prosecution', 'prosecutor-1')];
    const [from, until] = [0, 90].map((days) => new Date(Date.now() + days * DAY).toISOString());
    team = await lisbon.open({
      procedure: 'jit.agreement',
      type: 'draft',
      data: { seats: { lead: 'pt-prosecution', second: 'es-prosecution' }, purpose: 'fraud-proceeds', from, until },
      sections: {
        agreement: { text: 'Fraud on customers of one mail provider.' },
        rules: { text: 'Item by item; used for this case alone.' },
      },
    });
    await lisbon.act(team, { type: 'sign-lead' });
    await madrid.until(team, 'sign-second');
    await madrid.act(team, { type: 'sign-second' });
    await desk.enter('es-prosecution', 'investigator-1');
    await page.goto(desk.at('es-prosecution', `/rooms/${team}?lang=en`));
    await openWithReason();
    await page.getByText('Item by item; used for this case alone.').first().waitFor();
    await page.getByRole('link', { name: /^Share/ }).click();
    await page.getByLabel('Agreement of the team').waitFor();
    expect(await page.getByLabel('Agreement of the team').inputValue()).toBe(team);
    share = await fillShare();
  });

  test('has each share with its items and conditions, and leads to looking into what was delivered', async () => {
    const { page } = desk;
    await deliver(share);
    await desk.enter('pt-prosecution', 'prosecutor-1');
    await page.goto(desk.at('pt-prosecution', `/rooms/${team}?lang=en`));
    await page.getByText('To be shown to nobody else.').first().waitFor();
    expect(await faultsOn(page, 'room')).toEqual([]);
    await page.getByRole('link', { name: 'Look into what was delivered' }).click();
    await page.getByLabel('Traffic data of ES-ACC-004711').check();
    await page.getByLabel('Why are you opening').fill('To follow the money.');
    await page.getByLabel('I work on this case').check();
    await page.getByRole('textbox', { name: 'Passphrase' }).fill('sandbox');
    await page.getByRole('button', { name: 'Open 1 delivery' }).click();
    await page.getByLabel('Why are you looking').fill('To follow the money of March.');
    await page.getByRole('link', { name: 'Flows of money', exact: true }).click();
    await page.getByRole('button', { name: 'Note it and add' }).click();
    await page.getByRole('row', { name: /ES-ACC-004711.*ES-ACC-000105/ }).waitFor();
    expect(await faultsOn(page, 'flows')).toEqual([]);
    await page.goto(desk.at('pt-prosecution', `/cases/${share}?lang=en`));
    await page.getByRole('heading', { name: 'Linked cases' }).waitFor();
  });
});

test('a draft is shown to the other authority, talked about, and its next version says what changed', async () => {
  const { page } = desk;
  const id = await (await as('pt-prosecution', 'investigator-1')).open(DRAFT);
  await desk.enter('pt-prosecution', 'investigator-1');
  await page.goto(desk.at('pt-prosecution', `/cases/${id}/draft?lang=en`));
  await page.getByRole('button', { name: 'Begin with the items' }).click();
  await page.locator('form button[type=submit]').click();
  await page.getByText('Version 1').waitFor();
  const officer = await as('ie-authority', 'officer-1');
  await officer.until(id, 'comment-draft');
  expect((await officer.read(id)).acts.find(({ type }) => type === 'share-draft')?.sections['draft']).toBeDefined();
  const comment = { text: 'Item 3 covers ten months: we would raise a ground.' };
  await officer.act(id, { type: 'comment-draft', sections: { comment } });
  await page.getByText('we would raise a ground').waitFor();
  await page.getByRole('button', { name: 'Begin with the latest' }).click();
  const draft = page.getByRole('textbox', { name: 'Draft' });
  await draft.fill(
    (await draft.inputValue())
      .split('\n')
      .filter((line) => !line.startsWith('3.'))
      .join('\n'),
  );
  await page.locator('form button[type=submit]').click();
  await page.getByText('Version 2').waitFor();
  expect(await page.locator('.changed del').textContent()).toContain('r.silva@skymail.example');
  expect(await faultsOn(page, 'draft')).toEqual([]);
});

test('no page complained', () => {
  expect(complaints).toEqual([]);
});

/** Keys a share in the form that is made from the procedure; gives the case. */
async function fillShare(): Promise<string> {
  const { page } = desk;
  const field = (id: string) => page.locator(`[id="${id}"]`);
  await field('data.items.0.type').selectOption('user_id');
  await field('data.items.0.value').fill('ES-ACC-004711');
  await field('data.items.0.category').selectOption('traffic');
  await field('data.items.0.period.from').fill('2026-01-01T00:00');
  await field('data.items.0.period.until').fill('2026-11-01T00:00');
  await field('data.seats.receiving').selectOption('pt-prosecution');
  await field('member.purpose').fill('fraud-proceeds');
  await field('member.retentionUntil').fill('2027-06-30T00:00');
  await field('member.agreementUntil').fill('2027-02-01T00:00');
  await field('sections.facts').fill('The account that received the proceeds.');
  await field('sections.conditions').fill('To be shown to nobody else.');
  expect(await faultsOn(page, 'a share')).toEqual([]);
  await page.locator('form button[type=submit]').click();
  await page.waitForURL(/\/cases\//);
  return /cases\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? '';
}

/** Approves, sends, accepts, minimises and delivers the one item of a share. */
async function deliver(id: string): Promise<void> {
  const [lisbon, madrid] = [await as('pt-prosecution', 'prosecutor-1'), await as('es-prosecution', 'prosecutor-1')];
  const gatherer = await as('es-prosecution', 'investigator-1');
  const one = (choice: string, more: object = {}) => ({ decisions: [{ item: 'i1', choice, ...more }] });
  const reasons = { text: 'The account received the proceeds.' };
  await (await as('es-prosecution', 'officer-dp')).act(id, {
    type: 'approve-sharing',
    data: one('approve'),
    sections: { reasons },
  });
  await madrid.act(id, { type: 'send' });
  await lisbon.until(id, 'accept');
  await lisbon.act(id, { type: 'accept', sections: { reply: { text: 'With the conditions.' } } });
  await gatherer.until(id, 'minimise');
  const preview = await gatherer.post<PreviewView>(`/api/cases/${id}/items/i1/preview`);
  await gatherer.act(id, { type: 'minimise', data: one('minimise', { preview: preview.previewDigest }) });
  await madrid.until(id, 'deliver');
  await madrid.act(id, { type: 'deliver', data: one('deliver') });
  await lisbon.until(id, 'open');
}
