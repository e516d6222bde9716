import { afterAll, beforeAll, expect, test } from 'vitest';
import { askAndApprove, type People, signInAll } from '../../stories/cooperation.ts';
import { teller } from '../../stories/teller.ts';
import { becomesTrue, type Desk, openDesk } from '../desk.ts';
import { faultsOn } from '../faults.ts';
import { type Room, room } from './room.ts';

/** What an office that is asked sees of its orders; its sandbox has had no other. */
export function boardTests(): void {
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
    id = await askAndApprove(people, teller({}, true));
    await people.analyst.until(id, 'refuse');
  });

  afterAll(() => desk?.page.context().close());

  test('the board says of each order by when, on both clocks, what is owed, and what happens if nobody acts', async () => {
    const { page } = desk;
    await desk.enter('ie-skymail', 'analyst-1');
    await page.getByRole('link', { name: 'Board' }).click();
    const line = page.locator('.board tbody tr');
    await line.waitFor();
    expect(await line.textContent()).toMatch(/On time.*2026.*Dublin.*UTC.*in 9 days/);
    expect(await line.textContent()).toContain('Skymail Cloud Ltd must deliver or refuse each approved item.');
    expect(await line.textContent()).toContain('the enforcing authority can be asked to enforce the order');
    expect(await faultsOn(page, 'board')).toEqual([]);
  });

  test('by keys alone an order is opened, and what would leave for an item is counted beside the order', async () => {
    const { page } = desk;
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.locator('.split').waitFor();
    expect(await page.locator('.split').textContent()).toContain('Not for this office: Necessity');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('p');
    await page.getByText('40 of 1,000,000 rows').waitFor();
    expect(await page.locator('input:checked').count()).toBe(0);
    expect(await faultsOn(page, 'order')).toEqual([]);
  });

  test('an item is refused with a ground of the provider’s own list, and the others stay open', async () => {
    const { page } = desk;
    await page.getByRole('radio', { name: 'Refuse' }).first().check();
    const grounds = await page.getByLabel('Ground').locator('option').allTextContents();
    expect(grounds.length).toBeGreaterThan(3);
    expect(grounds.join()).not.toContain('immunity');
    await page.getByLabel('Ground').selectOption('eu.provider.insufficient-information');
    await page.getByRole('button', { name: 'Refuse 1' }).click();
    await page.getByText('A required field is empty').first().waitFor();
    await page.getByRole('textbox', { name: 'Reasons' }).fill('The account was renamed in May: name the account identifier.');
    await page.getByRole('button', { name: 'Refuse 1' }).click();
    expect(await becomesTrue(page, "document.querySelector('.answer-item').textContent.includes('Answer: refused')")).toBe(true);
    await page.getByRole('button', { name: 'Confirm 40 rows' }).click();
    const minimised = "document.querySelectorAll('.answer-item')[1].textContent.includes('Answer: minimised')";
    expect(await becomesTrue(page, minimised)).toBe(true);
  });

  test('a small provider goes through it in three steps, and half an answer waits in each', async () => {
    const { page } = desk;
    await people.officer.until(id, 'clear');
    await people.officer.act(id, { type: 'clear' });
    await desk.enter('ie-skymail', 'reviewer-1');
    await page.goto(desk.at('ie-skymail', `/board/${id}?lang=en&step=1`));
    await page.getByLabel('I work on this case').check();
    await page.getByRole('button', { name: 'Open the case' }).click();
    await page.getByRole('heading', { name: 'Read what is asked' }).waitFor();
    await page.getByRole('link', { name: 'Go on' }).click();
    await page.getByRole('heading', { name: 'Decide on each item' }).waitFor();
    await page.getByRole('radio', { name: 'Deliver' }).check();
    expect(await faultsOn(page, 'step 2')).toEqual([]);
    await page.locator('[data-kept=true]').waitFor();
    await page.getByRole('link', { name: 'Go on' }).click();
    await page.getByRole('button', { name: 'Deliver 1' }).click();
    const view = await people.prosecutor.reaches(id, (one) => one.items.some((item) => item.tracks['answer'] === 'delivered'));
    expect(view.items.filter((item) => item.tracks['answer'] === 'delivered').map(({ item }) => item.id)).toEqual(['i2']);
  });

  test('no page complained', () => {
    expect(complaints).toEqual([]);
  });
}
