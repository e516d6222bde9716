import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { scrollsSettled } from './desk.ts';

const SIZES = [1280, 390] as const;
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Faults by WCAG 2.2 A and AA, and whatever sticks out of the window: the page as it is, in English and Arabic, wide and narrow. The switch keeps the page's state. */
export async function faultsOn(page: Page, where: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const language of ['en', 'ar']) {
    await page.locator('.language select').selectOption(language);
    await page.locator(`html[lang=${language}]`).waitFor();
    for (const width of SIZES) {
      await page.setViewportSize({ width, height: 900 });
      found.push(...(await faultsNow(page, `${where} ${language} ${width}`)));
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.locator('.language select').selectOption('en');
  await page.locator('html[lang=en]').waitFor();
  return found;
}

async function faultsNow(page: Page, where: string): Promise<readonly string[]> {
  await scrollsSettled(page);
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags(RULES)
    .analyze();
  const nodes = violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id} ${node.target.join(' ')}`));
  const wider = Number(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'));
  return [...nodes, ...(wider > 0 ? [`the page is ${wider} pixels wider than the window`] : [])].map(
    (fault) => `${where}: ${fault}`,
  );
}
