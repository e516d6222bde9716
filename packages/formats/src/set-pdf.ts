import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canonicalJson } from '@comity/core';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { fontCoverage } from './font-coverage.ts';
import type { Print } from './print.ts';
import { allPrintable, printable } from './printable.ts';

const TEMPLATES = fileURLToPath(new URL('../templates/', import.meta.url));
const REGULAR = [
  ['@expo-google-fonts/noto-sans', '400Regular/NotoSans_400Regular.ttf'],
  ['@expo-google-fonts/noto-sans-arabic', '400Regular/NotoSansArabic_400Regular.ttf'],
  ['@expo-google-fonts/noto-sans-devanagari', '400Regular/NotoSansDevanagari_400Regular.ttf'],
] as const;
const BOLD = [
  ['@expo-google-fonts/noto-sans', '700Bold/NotoSans_700Bold.ttf'],
  ['@expo-google-fonts/noto-sans-arabic', '700Bold/NotoSansArabic_700Bold.ttf'],
  ['@expo-google-fonts/noto-sans-devanagari', '700Bold/NotoSansDevanagari_700Bold.ttf'],
] as const;

/** Simplified Chinese, in one weight: 6 MB, where a family in nine weights is a hundred. */
const HAN = ['@expo-google-fonts/zcool-xiaowei', '400Regular/ZCOOLXiaoWei_400Regular.ttf'] as const;
/** What is taken of it: ideographs and their punctuation. Its wide Latin letters stay out: they look like others. */
const OF_HAN = /[\u4e00-\u9fff\u3001\u3002\u300a-\u3011\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]/u;

interface Press {
  readonly compiler: NodeCompiler;
  readonly covered: ReadonlySet<number>;
}

let press: Press | undefined;

/**
 * Sets a print model as PDF/A-2a (ISO 19005-2: archival, tagged for screen readers). The model enters as data, never as markup; the same
 * model gives the same bytes. Throws when the template does not compile: that would be a bug.
 */
export function setPdf(print: Print): Uint8Array {
  press ??= openPress();
  const inputs = { model: canonicalJson(allPrintable(print, press.covered)) };
  const pdf = press.compiler.pdf({ mainFilePath: join(TEMPLATES, 'print.typ'), inputs }, { pdfStandard: 'a-2a' });
  // Memoised layouts hold the document's text; nothing of it stays.
  press.compiler.evictCache(0);
  return Uint8Array.from(pdf);
}

/** Whether the fonts that come with the program have every character of a text. */
export function canSet(text: string): boolean {
  press ??= openPress();
  return printable(text, press.covered) === text.normalize('NFC').replace(/[\t\r\n]/g, ' ');
}

function openPress(): Press {
  const [regular, bold] = [REGULAR.map(fontBytes), BOLD.map(fontBytes)];
  const inBold = coverage(bold);
  const han = fontBytes(HAN);
  const covered = new Set([
    ...[...coverage(regular)].filter((point) => inBold.has(point)),
    ...[...fontCoverage(han)].filter((point) => OF_HAN.test(String.fromCodePoint(point))),
  ]);
  const fontArgs = [{ fontBlobs: [...regular, ...bold, han] }];
  return {
    compiler: NodeCompiler.create({ workspace: TEMPLATES, fontArgs }),
    covered,
  };
}

function coverage(fonts: readonly Buffer[]): Set<number> {
  return new Set(fonts.flatMap((font) => [...fontCoverage(font)]));
}

function fontBytes([name, file]: readonly [string, string]): Buffer {
  const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
  return readFileSync(join(dirname(manifest), file));
}
