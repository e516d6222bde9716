import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { becomesTrue, type Desk, openDesk } from '../desk.ts';
import { faultsOn } from '../faults.ts';
import { type Room, room } from './room.ts';

/** How an order and other requests are drafted. */
export function askTests(): void {
  let sandbox: Room['sandbox'];
  let browser: Room['browser'];
  let desk: Desk;
  const complaints: string[] = [];

  beforeAll(async () => {
    ({ sandbox, browser } = await room());
    desk = await openDesk(sandbox, await browser.newContext({ viewport: { width: 1280, height: 900 } }), complaints);
    await desk.enter('pt-prosecution', 'investigator-1');
    await desk.page.goto(desk.at('pt-prosecution', '/new/eu.epoc?lang=en'));
  });

  afterAll(() => desk?.page.context().close());

  const field = (name: string) => desk.page.locator(`[id="${name}"]`);
  const margin = () => desk.page.getByRole('complementary', { name: 'Would it be refused?' });

  const faults = (where: string) => faultsOn(desk.page, where, [{ width: 1280 }, { width: 390 }]);

  describe('an order while it is drafted', () => {
    test('is read back: one spelling, what to look at again, letter by letter, and a second time blind', async () => {
      const { page } = desk;
      await field('data.items.0.value').fill('J0hn@Skymail.example');
      await page.getByText('Will be asked as').waitFor();
      await page.getByText('0 and O, 1 and l and I look alike').waitFor();
      await page.getByText('Spell it out').click();
      await page.getByText(/^capital Juliett · 0 · Hotel · November · at · Sierra/).waitFor();
      const again = page.getByLabel('Key it again, looking at the source');
      await again.fill('John@skymail.example');
      await again.blur();
      await page.getByText('The second keying is not the same as the first.').waitFor();
      await again.fill('J0hn@SKYMAIL.example');
      await page.getByText('Both are the same.').waitFor();
    });

    test('says beside it what it may be refused for, and a link puts the cursor where to fix it', async () => {
      const { page } = desk;
      await field('data.items.0.category').selectOption('traffic');
      await field('data.items.0.period.from').fill('2026-01-01T00:00');
      await field('data.items.0.period.until').fill('2026-11-01T00:00');
      await margin().getByText('The period has 304 days.').waitFor();
      await margin().getByRole('link', { name: 'Go to “Item 1, From”' }).first().focus();
      await page.keyboard.press('Enter');
      expect(await field('data.items.0.period.from').evaluate((input) => input.matches(':focus'))).toBe(true);
    });

    test('offers the smaller request, and takes it at a press of a key', async () => {
      const { page } = desk;
      await margin().getByRole('button', { name: 'Ask about the last 90 days' }).focus();
      await page.keyboard.press('Enter');
      expect(await field('data.items.0.period.from').inputValue()).toMatch(/^2026-08-0[23]T/);
      await margin().getByText('The period has 304 days.').waitFor({ state: 'detached' });
      await margin().getByRole('button', { name: 'Ask whose account it is instead' }).waitFor();
    });

    test('is stopped by the rule that stops it, with the article, and says what follows once it may go', async () => {
      const { page } = desk;
      await page.getByLabel('Maximum penalty').fill('2');
      await page
        .getByRole('radiogroup', { name: /list that lifts the threshold/ })
        .getByLabel('No')
        .check();
      await margin().getByText('It may not be sent so').waitFor();
      await margin().getByText('Arts 5(4) and 16(4)(b)').waitFor();
      expect(await faults('stopped')).toEqual([]);
      await page.getByLabel('Maximum penalty').fill('5');
      await page.getByLabel('Necessity').fill('Who used the account on those days cannot be learnt otherwise.');
      await page
        .getByRole('radiogroup', { name: /offence committed/ })
        .getByLabel('Yes')
        .check();
      await page
        .getByRole('radiogroup', { name: /person live/ })
        .getByLabel('No')
        .check();
      await margin().getByText('The provider answers within 10 days of receipt.').waitFor();
      await margin().getByText('The enforcing authority is notified at the same time').waitFor();
      await margin().getByText('Immunity, professional privilege or press rules').waitFor();
    });

    test('is answered in hours once it says what is in imminent danger', async () => {
      const { page } = desk;
      await page.getByRole('radiogroup', { name: 'Is it an emergency?' }).getByLabel('Yes').check();
      await margin().getByText('The provider answers within 8 hours of receipt.').waitFor();
      await field('data.danger').selectOption('life');
      await page.getByRole('radiogroup', { name: 'Is it an emergency?' }).getByLabel('No').check();
      await margin().getByText('The provider answers within 10 days of receipt.').waitFor();
    });

    test('shows how the provider is asked, and every other route', async () => {
      const { page } = desk;
      await page.getByText('How Skymail Cloud Ltd is asked').click();
      await page.getByText('Legal Requests, 4 Sandbox Quay, Dublin 2, Ireland').waitFor();
      await page.getByText('Other routes to the same data').click();
      const row = (name: string) => page.getByRole('row', { name: new RegExp(name) });
      await row('Mutual legal assistance').getByText('Treaty in force between the two States').waitFor();
      const there = await row('European Preservation Order').getByRole('link', { name: 'Draft it on this route' });
      expect(await there.getAttribute('href')).toContain('/new/eu.epoc-pr');
      expect(await row('European Production Order').textContent()).toContain('may go');
      expect(await faults('routes')).toEqual([]);
      await page.locator('.language select').selectOption('ar');
      await page.locator('html[dir=rtl]').waitFor();
      expect(await faults('arabic')).toEqual([]);
      await page.locator('.language select').selectOption('en');
    });

    test('is preceded by a preservation of the same data, to which it refers; the draft stays', async () => {
      const { page } = desk;
      await page.getByLabel('Purpose').selectOption('criminal-investigation');
      await page.getByLabel('Provision').fill('Código Penal art. 221');
      await page.getByRole('textbox', { name: 'Summary of the case' }).fill('Computer fraud in March 2026.');
      await page.getByLabel('Keep the data until').fill('2027-06-30');
      await page.getByRole('button', { name: 'Draft the preservation of 1 item' }).click();
      await page.getByText('The preservation is drafted; this order will refer to it.').waitFor();
      expect(await field('data.items.0.value').inputValue()).toBe('J0hn@Skymail.example');
      await page.getByRole('button', { name: 'Save the draft with 1 item' }).click();
      await page.waitForURL(/\/cases\//);
      expect(await becomesTrue(page, "document.body.innerText.includes('J0hn@skymail.example')")).toBe(true);
      expect(complaints).toEqual([]);
    });
  });

  describe('a request on any other route', () => {
    test('has a form made of what its procedure asks for, with the gate beside it, and opens its case', async () => {
      const { page } = desk;
      await desk.enter('pt-prosecution', 'prosecutor-1');
      await page.goto(desk.at('pt-prosecution', '/new?lang=en'));
      await page.getByRole('link', { name: 'Mutual legal assistance' }).click();
      await field('data.items.0.value').fill('m.duarte@skymail.example');
      await field('data.items.0.category').selectOption('subscriber');
      await field('member.purpose').fill('criminal-investigation');
      await field('member.maxPenaltyYears').fill('5');
      await field('member.retentionUntil').fill('2027-06-30T00:00');
      await field('member.treaty').fill('Agreement between the two States');
      await page
        .getByRole('radiogroup', { name: /treaty in force/ })
        .getByLabel('No')
        .check();
      await margin().getByText('It may not be sent so').waitFor();
      expect(await faults('any form')).toEqual([]);
      await page
        .getByRole('radiogroup', { name: /treaty in force/ })
        .getByLabel('Yes')
        .check();
      for (const name of ['facts', 'necessity', 'offence']) await field(`sections.${name}`).fill(`The ${name} of the case.`);
      await margin().getByText('Nothing that is known here stands in its way.').waitFor();
      await page.getByRole('button', { name: 'Save the draft' }).click();
      await page.waitForURL(/\/cases\//);
      expect(complaints).toEqual([]);
    });
  });
}
