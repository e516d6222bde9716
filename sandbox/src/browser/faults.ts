import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { scrollsSettled } from './desk.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** What can differ by the width of the window alone. */
const BY_WIDTH = ['target-size', 'scrollable-region-focusable'];
/** What can differ by the colours alone. */
const BY_COLOUR = ['color-contrast', 'link-in-text-block'];
/** What can differ by the words alone: their language, and the names that they give. */
const BY_WORDS = ['html-has-lang', 'html-lang-valid', 'valid-lang', 'button-name', 'link-name', 'label', 'aria-input-field-name'];

/** How a page is looked at. */
export interface Look {
  readonly width: number;
  readonly colorScheme?: 'light' | 'dark';
  /** The one that is on show, when left out. */
  readonly language?: string;
}

/** The page as it is, in English and Arabic, wide and narrow. */
const EVERY_WAY: readonly Look[] = ['en', 'ar'].flatMap((language) => [1280, 390].map((width) => ({ language, width })));

/**
 * Faults by WCAG 2.2 A and AA, and whatever sticks out of the window, look by look; the page keeps its state. The first look asks for everything; each further one for what
 * its width, its colours or its words can make different, for the rest is the same page.
 */
export async function faultsOn(page: Page, where: string, looks: readonly Look[] = EVERY_WAY): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [index, look] of looks.entries()) {
    await showAs(page, look);
    const called = [where, look.language, look.width, look.colorScheme].filter((part) => part !== undefined).join(' ');
    found.push(...(await faultsNow(page, called, index === 0 ? undefined : rulesOf(looks.slice(0, index), look))));
  }
  await showAs(page, {
    width: 1280,
    colorScheme: 'light',
    ...(looks.some(({ language }) => language) ? { language: 'en' } : {}),
  });
  return found;
}

async function showAs(page: Page, { width, colorScheme, language }: Look): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  if (colorScheme !== undefined) await page.emulateMedia({ colorScheme });
  if (language === undefined) return;
  await page.locator('.language select').selectOption(language);
  await page.locator(`html[lang=${language}]`).waitFor();
}

function rulesOf(before: readonly Look[], look: Look): readonly string[] {
  const isNew = (member: keyof Look): boolean => before.every((earlier) => earlier[member] !== look[member]);
  return [...BY_WIDTH, ...(isNew('colorScheme') ? BY_COLOUR : []), ...(isNew('language') ? BY_WORDS : [])];
}

async function faultsNow(page: Page, where: string, rules: readonly string[] | undefined): Promise<readonly string[]> {
  await scrollsSettled(page);
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
  const { violations } = await (rules === undefined ? axe.withTags(TAGS) : axe.withRules([...rules])).analyze();
  const nodes = violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id} ${node.target.join(' ')}`));
  const wider = Number(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'));
  return [...nodes, ...(wider > 0 ? [`the page is ${wider} pixels wider than the window`] : [])].map(
    (fault) => `${where}: ${fault}`,
  );
}
