import type { CaseView } from '@comity/node/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RefusedByNode } from '../../stories/actor.ts';
import { answer, askAndApprove, type People, signInAll } from '../../stories/cooperation.ts';
import { teller } from '../../stories/teller.ts';
import { becomesTrue, type Desk, openDesk } from '../desk.ts';
import { faultsOn } from '../faults.ts';
import { type Room, room } from './room.ts';

const SOUGHT = 'imap 100.103.73.166';

/** How deliveries that were opened are looked into. */
export function lookTests(): void {
  let sandbox: Room['sandbox'];
  let browser: Room['browser'];
  let desk: Desk;
  let people: People;
  let id = '';
  const asked: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    ({ sandbox, browser } = await room());
    desk = await openDesk(sandbox, await browser.newContext({ viewport: { width: 1280, height: 900 } }), complaints);
    desk.page.on('request', (request) => asked.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`));
    people = await signInAll(sandbox);
    id = await askAndApprove(people, teller({}, true));
    await answer(people, id, teller({}, true));
    await people.prosecutor.until(id, 'open');
  });

  afterAll(() => desk?.page.context().close());

  const query = (items: readonly string[]) => ({
    items,
    kind: 'search',
    purpose: 'work',
    reason: 'Who used the account on 3 March.',
  });

  describe('looking into what was opened', () => {
    test('is refused to whoever has not opened the delivery with a reason', async () => {
      const tried = people.prosecutor.post(`/api/cases/${id}/queries`, query(['i2']));
      await expect(tried).rejects.toThrow(RefusedByNode);
      await expect(tried).rejects.toThrow(/reason-required/);
    });

    test('opens the chosen deliveries in the page, and nowhere else', async () => {
      const { page } = desk;
      await desk.enter('pt-prosecution', 'prosecutor-1');
      await page.goto(desk.at('pt-prosecution', `/cases/${id}/look?lang=en`));
      await page.getByLabel('Traffic data of').first().check();
      await page.getByLabel('Traffic data of').nth(1).check();
      await page.getByLabel('Why are you opening').fill('To compare the times of access with the transfers.');
      await page.getByLabel('I work on this case').check();
      await page.getByRole('textbox', { name: 'Passphrase' }).fill('sandbox');
      await page.getByRole('button', { name: 'Open 2 deliveries' }).click();
      await page.locator('.tools').waitFor({ timeout: 30_000 });
      expect(await page.locator('.watermark').first().textContent()).toContain('Opened by Helena Prates');
    });

    test('shows nothing before the look and its reason stand in the log; what is looked for never leaves the page', async () => {
      const { page } = desk;
      await page.getByRole('textbox', { name: 'What are you looking for' }).fill(SOUGHT);
      expect(await page.getByRole('button', { name: 'Note it and search' }).isDisabled()).toBe(true);
      await page.getByLabel('Why are you looking').fill('Who used the account on 3 March.');
      await page.route('**/queries', (route) => route.abort());
      await page.getByRole('button', { name: 'Note it and search' }).click();
      await page.getByText('cannot be reached').waitFor();
      expect(await page.locator('.pick').count()).toBe(0);
      await page.unroute('**/queries');
      await page.getByRole('button', { name: 'Note it and search' }).click();
      await page.getByText(/rows? (was|were) found/).waitFor();
      expect(asked.filter((request) => request.includes('/queries')).length).toBe(2);
      expect(asked.join('\n')).not.toContain('100.103.73.166');
      expect(await faultsOn(page, 'search')).toEqual([]);
      const view = await people.prosecutor.read(id);
      expect(view.queries[0]).toMatchObject({ kind: 'search', items: ['i2', 'i4'], reason: 'Who used the account on 3 March.' });
      expect(view.queries[0]?.index).not.toBeNull();
    });

    test('links identifiers in a picture that the keyboard reaches, and keeps it with a finding', async () => {
      const { page } = desk;
      await page.getByRole('link', { name: 'Links', exact: true }).click();
      await page.getByRole('button', { name: 'Note it and link' }).click();
      await page.locator('.network').waitFor();
      expect(await faultsOn(page, 'links')).toEqual([]);
      await page.locator('.point').first().focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      expect(await becomesTrue(page, "document.querySelector('.point.chosen') === document.activeElement")).toBe(true);
      await page.getByRole('button', { name: 'Take the picture' }).click();
      await page.getByLabel('What it shows').fill('One device signed in from both addresses.');
      await page.getByRole('button', { name: 'Keep the finding' }).click();
      await page.getByText('The finding stands in the case.').waitFor();
      const finding = lastFinding(await people.prosecutor.read(id));
      expect(finding?.data['plaintext']).toMatch(/^[0-9a-f]{64}$/);
      expect(finding?.data['picture']).toMatch(/^[0-9a-f]{64}$/);
      expect(JSON.stringify(finding?.sections['finding'])).toContain('<svg ');
      expect((await people.analyst.read(id)).acts.some(({ type }) => type === 'note-finding')).toBe(false);
    });

    test('orders, joins and adds up', async () => {
      const { page } = desk;
      await page.getByRole('link', { name: 'Timeline', exact: true }).click();
      await page.getByRole('button', { name: 'Note it and put' }).click();
      await page.locator('.bars').waitFor();
      expect(await faultsOn(page, 'timeline')).toEqual([]);
      await page.getByRole('link', { name: 'Join tables', exact: true }).click();
      await page.getByRole('button', { name: 'Note it and join' }).click();
      await page.getByText('belong together').waitFor();
      await page.getByRole('link', { name: 'Flows of money', exact: true }).click();
      await page.getByRole('button', { name: 'Note it and add' }).click();
      await page.getByText('No table here has an amount').waitFor();
    });

    test('a case that was looked into is by the book, and its file says that somebody looked', async () => {
      const { page } = desk;
      await page.goto(desk.at('pt-prosecution', `/verify?lang=en&case=${id}`));
      await page.getByRole('button', { name: 'Verify', exact: true }).click();
      await page.getByText('Looked into what was opened').first().waitFor();
      expect(await page.locator('.verdict.large').textContent()).toBe('By the book');
    });

    test('an overseer sees that somebody looked, and neither who nor why in words', async () => {
      const { page } = desk;
      await desk.enter('eu-overseer', 'overseer-1');
      await page.goto(desk.at('eu-overseer', '/oversight?lang=en&kind=query'));
      await page
        .getByRole('row', { name: /Looked into what was opened/ })
        .first()
        .waitFor();
      expect(await page.locator('main').textContent()).not.toMatch(/Helena|3 March|imap/);
    });
  });

  test('no page complained', () => {
    expect(complaints.filter((complaint) => !complaint.includes('ERR_FAILED'))).toEqual([]);
  });

  function lastFinding(view: CaseView) {
    return view.acts.findLast(({ type }) => type === 'note-finding');
  }
}
