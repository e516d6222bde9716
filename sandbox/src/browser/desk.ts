import type { BrowserContext, Page } from 'playwright-core';
import type { Sandbox } from '../sandbox.ts';

/** A browser's window on the sandbox, for tests: every organisation at its own address. */
export interface Desk {
  readonly page: Page;
  readonly at: (org: string, path: string) => string;
  /** Sits down as a person of an organisation, at its desk. */
  readonly enter: (org: string, person: string) => Promise<void>;
  /** Opens a case with a stated reason. */
  readonly openCase: (org: string, id: string, search?: string) => Promise<void>;
}

/** Opens a window. Everything that a page complains about is kept in `complaints`. */
export async function openDesk(sandbox: Pick<Sandbox, 'orgs'>, context: BrowserContext, complaints: string[]): Promise<Desk> {
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A 403 before the reason is stated, and a case that has not arrived yet, are part of the work.
    if (message.type() === 'error' && !/status of (401|403|404)/.test(message.text())) complaints.push(message.text());
  });
  const at = (org: string, path: string): string => `${sandbox.orgs.find((one) => one.id === org)?.url}${path}`;
  return {
    page,
    at,
    enter: async (org, person) => {
      await page.goto(at(org, `/enter/${person}?lang=en`));
      await page.locator('.queue').first().waitFor({ state: 'attached' });
    },
    openCase: async (org, id, search = '') => {
      await page.goto(at(org, `/cases/${id}?lang=en${search}`));
      await page.locator('form, .case').first().waitFor();
      if ((await page.locator('.case').count()) > 0) return;
      await page.getByLabel('I work on this case').check();
      await page.getByRole('button', { name: 'Open the case' }).click();
      await page.locator('.case').waitFor();
    },
  };
}

/** What scrolls by itself becomes a stop for the keyboard once the page has looked at its new width; a page that never does is told by the check after. */
export async function scrollsSettled(page: Page): Promise<void> {
  const settled =
    "[...document.querySelectorAll('.scroll')].every((box) => box.scrollWidth <= box.clientWidth || box.tabIndex === 0)";
  await becomesTrue(page, settled);
}

/**
 * Waits up to two seconds until an expression holds in the page, and says whether it does. Asked from outside each time: a page that waits for itself would have to evaluate a text,
 * which its policy forbids, and it would complain of that.
 */
export async function becomesTrue(page: Page, expression: string): Promise<boolean> {
  for (let tries = 0; tries < 40; tries++) {
    if ((await page.evaluate(expression)) === true) return true;
    await page.waitForTimeout(50);
  }
  return false;
}
