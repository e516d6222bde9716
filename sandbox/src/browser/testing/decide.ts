import type { LegalTestsView } from '@comity/node/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DRAFT, type People, signInAll } from '../../stories/cooperation.ts';
import { type Desk, openDesk } from '../desk.ts';
import { faultsOn } from '../faults.ts';
import { printedRuns } from '../printed.ts';
import { type Room, room } from './room.ts';

/** How a judge decides, on the page, on paper and without a network. */
export function decideTests(): void {
  let sandbox: Room['sandbox'];
  let browser: Room['browser'];
  let desk: Desk;
  let people: People;
  let id = '';
  const complaints: string[] = [];

  beforeAll(async () => {
    ({ sandbox, browser } = await room());
    desk = await openDesk(sandbox, await browser.newContext({ viewport: { width: 1280, height: 900 } }), complaints);
    people = await signInAll(sandbox);
    id = await people.investigator.open(DRAFT);
    await people.prosecutor.until(id, 'issue');
    await people.prosecutor.act(id, { type: 'issue' });
    await people.judge.until(id, 'validate');
  });

  afterAll(() => desk?.page.context().close());

  test('the node tests an order by the loaded law of requests, from what the case says and nothing else', async () => {
    const { tests } = await people.judge.get<LegalTestsView>(`/api/cases/${id}/tests`);
    const of = (category: string) => tests.find((one) => one.category === category);
    expect(of('subscriber')?.met.map(({ rule }) => rule)).toContain('eu.e-evidence.4-1.judicial');
    expect(of('traffic')?.verdict).toBe('authorisation');
    expect(of('traffic')?.duties.map(({ duty }) => duty)).toEqual(
      expect.arrayContaining(['validation', 'notify_enforcing_authority']),
    );
    // Nobody has said whether privilege protects the data: unknown, not assumed.
    expect(of('traffic')?.missing.map(({ fact }) => fact)).toContain('order.privileged');
    expect(of('traffic')?.facts).not.toHaveProperty('order.privileged');
  });

  test('the sheet has the request beside the legal tests; nothing is decided beforehand', async () => {
    const { page } = desk;
    await desk.enter('pt-court', 'judge-1');
    await page.goto(desk.at('pt-court', `/cases/${id}/decide?lang=en`));
    await page.locator('.one-test').first().waitFor();
    expect(await page.locator('.sheet').textContent()).toContain('Computer fraud, committed in March 2026.');
    expect(await page.locator('.one-test').last().textContent()).toContain('a prosecutor alone may not');
    expect(await page.locator('.sheet input:checked').count()).toBe(0);
    expect(await faultsOn(page, 'sheet')).toEqual([]);
  });

  test('what halts on the word of a provider goes out once a reason is written, and the judge reads what stood in the way', async () => {
    const { page } = desk;
    const order = await people.investigator.open({
      ...DRAFT,
      data: { ...DRAFT.data, items: [{ id: 'i1', identifierType: 'imei', category: 'subscriber' }] },
      sections: { ...DRAFT.sections, identifiers: { i1: { type: 'imei', value: '490154203237518' } } },
    });
    await desk.enter('pt-prosecution', 'prosecutor-1');
    await desk.openCase('pt-prosecution', order);
    await page.goto(desk.at('pt-prosecution', `/cases/${order}/decide?lang=en&move=issue`));
    await page.locator('.rekey input').fill('490154203237518');
    const issue = page.locator('.decision form button[type=submit]');
    // The pointer leaves the field for the button, which stays where it is.
    await issue.click();
    const reason = page.getByRole('textbox', { name: 'Why it goes out all the same' });
    await reason.waitFor();
    expect(await page.locator('.stopped-by').textContent()).toContain('cannot find an account under this kind of identifier');
    expect(await faultsOn(page, 'halted')).toEqual([]);
    await issue.click();
    await page.getByText('A required field is empty.').waitFor();
    await reason.fill('Skymail said on the telephone that it keeps the number of the device.');
    await issue.click();
    await people.judge.until(order, 'validate');
    await desk.enter('pt-court', 'judge-1');
    await desk.openCase('pt-court', order);
    await page.goto(desk.at('pt-court', `/cases/${order}/decide?lang=en`));
    const although = page.getByRole('region', { name: 'Goes out although' });
    await although.waitFor();
    await although.getByText('cannot find an account under this kind of identifier').waitFor();
    expect(await page.locator('.sheet').textContent()).toContain('Skymail said on the telephone');
    complaints.splice(0, complaints.length, ...complaints.filter((one) => !one.includes('409')));
    await page.goto(desk.at('pt-court', `/cases/${id}/decide?lang=en`));
  });

  test('reasons that would fit any case are met with a warning, those that name a fact of this one are not', async () => {
    const { page } = desk;
    const reasons = page.getByRole('textbox', { name: 'Reasons' });
    await reasons.fill('The measure is necessary and proportionate, and no milder one would do.');
    await page.getByText('These reasons would fit any case').waitFor();
    await reasons.fill('Items 1, 2 and 4 are tied to the transfers of March; item 3 covers ten months of another person.');
    await page.getByText('These reasons would fit any case').waitFor({ state: 'detached' });
  });

  test('it prints on paper with boxes to fill in by hand, and with its hash', async () => {
    const { page } = desk;
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
    expect(printedRuns(pdf).length).toBeLessThanOrEqual(2);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.paper .box').count()).toBe(8);
    expect(await page.locator('.sheet-code svg').isVisible()).toBe(true);
    expect(await page.locator('form').first().isVisible()).toBe(false);
    await page.emulateMedia({ media: 'screen' });
  });

  test('the decision is made while the network is away, and sent when it is back; the paper’s hash is compared', async () => {
    const { page } = desk;
    const code = (await page.locator('.sheet-code .code').textContent()) ?? '';
    await page.getByRole('button', { name: 'Keep it for when there is no network' }).click();
    await page.getByRole('button', { name: 'Forget what is kept' }).waitFor();
    await page.route('**/api/**', (route) => route.abort());
    await page.getByText('The node cannot be reached.').waitFor({ timeout: 20_000 });
    for (const [index, choice] of ['Approve', 'Approve', 'Strike out', 'Approve'].entries())
      await page.getByRole('radiogroup').nth(index).getByLabel(choice).check();
    await page.getByLabel('Ground').selectOption('period-too-wide');
    await page.getByText('It was decided on paper').click();
    await page.getByLabel('First eight digits').fill(code);
    await page.getByText('The paper is about this case as it stands now.').waitFor();
    await page.getByRole('button', { name: 'Approve 3, Strike out 1' }).click();
    await page.getByText('What you typed is kept.').waitFor();
    await page.unroute('**/api/**');
    await page.getByRole('button', { name: 'Approve 3, Strike out 1' }).click();
    await people.prosecutor.until(id, 'send');
    const view = await people.prosecutor.read(id);
    expect(view.items.map((item) => item.tracks['approval'])).toEqual(['approved', 'approved', 'struck', 'approved']);
  });

  test('whoever cannot decide reads who must', async () => {
    const { page } = desk;
    await desk.enter('pt-court', 'judge-1');
    await page.goto(desk.at('pt-court', `/cases/${id}/decide?lang=en&move=send`));
    await page.locator('.sheet').waitFor();
    expect(await page.locator('.decision').textContent()).toContain('must send the validated order');
    await desk.enter('pt-prosecution', 'investigator-1');
    await page.goto(desk.at('pt-prosecution', `/cases/${id}/decide?lang=en`));
    expect(await page.locator('.sheet').textContent()).toContain('needs a second person');
  });

  test('no page complained', () => {
    expect(complaints.filter((complaint) => !complaint.includes('ERR_FAILED'))).toEqual([]);
  });
}
