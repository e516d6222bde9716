import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { defineConfig, type Plugin } from 'vite';

const require = createRequire(import.meta.url);
const LANGUAGES = ['en', 'fr', 'ar'];
const WORDS = 'virtual:offline-words';
/** Where words are taken from, and which: only those that the page can need. */
const CATALOGUES: readonly (readonly [path: (language: string) => string, wanted: RegExp])[] = [
  [
    (language) => require.resolve(`@comity/core/messages/${language}.json`),
    /^(act\..+\.done|(role|seat|section|duty|clock)\.(?!.*\.then$).+)$/,
  ],
  [
    (language) => require.resolve(`@comity/core/desk-messages/${language}.json`),
    /^(act\..+\.done|(role|seat|section|duty|clock)\.(?!.*\.then$).+)$/,
  ],
  // What a procedure refuses an act with (packages/procedure), and why a file cannot be read.
  [
    (language) => require.resolve(`@comity/core/error-messages/${language}.json`),
    /^error\.(act|item|items|field|period|zone|basis|ground|role|seat|case)-(?!.*\.next$).+$|^error\.(unknown-(category|identifier-type)|trust-file-invalid|body-too-large)$/,
  ],
  [
    (language) => require.resolve(`@comity/core/messages/${language}.json`),
    /^(verdict\.(by-the-book|departures|tampered|cannot-tell)|purpose\.(work|supervision|audit|support|person-asked))$/,
  ],
  [(language) => require.resolve(`@comity/verify/messages/${language}.json`), /^finding\./],
  [
    (language) => join(import.meta.dirname, 'src', 'messages', `${language}.json`),
    /^(comma|act\.void|verify\.(says|kind|mark|reading)\..+|verify\.(title|chosen|run|checked|more|timeline|logged|readings))$/,
  ],
  [(language) => join(import.meta.dirname, 'src', 'messages', 'offline', `${language}.json`), /^offline\./],
];

/** The words of a language. Those with plurals are read as ICU messages here, once and for all, so that the page needs no reader for them. */
function wordsOf(language: string): Readonly<Record<string, unknown>> {
  const all = CATALOGUES.flatMap(([path, wanted]) =>
    Object.entries(JSON.parse(readFileSync(path(language), 'utf8')) as Readonly<Record<string, string>>).filter(([key]) =>
      wanted.test(key),
    ),
  );
  return Object.fromEntries(all.map(([key, text]) => [key, messageOf(text)]));
}

function messageOf(text: string): unknown {
  const read = compileMessage(text);
  const plain = [read].flat().map((part) => (Array.isArray(part) ? `{${part.join()}}` : String(part)));
  return plain.join('') === text ? text : read;
}

/** Each word once with its languages beside each other, so that the page names it once. */
function allWords(): Readonly<Record<string, readonly unknown[]>> {
  const catalogues = LANGUAGES.map(wordsOf);
  return Object.fromEntries(Object.keys(catalogues[0] ?? {}).map((key) => [key, catalogues.map((words) => words[key])]));
}

/** The words as they lie in the page: a third of their size, for the page is to fit into a mail or onto an old disk, and words grow with every rule. */
function packedWords(): string {
  return deflateRawSync(JSON.stringify(allWords()), { level: 9 }).toString('base64');
}

function words(): Plugin {
  return {
    name: 'comity-offline-words',
    resolveId: (id) => (id === WORDS ? `\0${WORDS}` : undefined),
    load: (id) => (id === `\0${WORDS}` ? `export default '${packedWords()}'` : undefined),
  };
}

/** Puts script and style into the page itself, and forbids it every connection: only this very script and this very style may take effect. */
function oneFile(): Plugin {
  return {
    name: 'comity-one-file',
    enforce: 'post',
    apply: 'build',
    generateBundle: (_, bundle) => {
      const files = Object.values(bundle);
      const scripts = files.flatMap((file) => (file.type === 'chunk' ? [file.code] : []));
      const styles = files.flatMap((file) =>
        file.fileName.endsWith('.css') && file.type === 'asset' ? [String(file.source)] : [],
      );
      const page = files.find((file) => file.fileName === 'verifier.html');
      const [script = '', ...others] = scripts;
      if (page?.type !== 'asset' || others.length > 0 || styles.length !== 1)
        throw new Error('the page is not one script and one style');
      page.source = inlined(String(page.source), script, styles.join(''));
      for (const file of files) if (file !== page) delete bundle[file.fileName];
    },
  };
}

function inlined(page: string, script: string, style: string): string {
  // Inside a script element this text would end it (HTML, "restrictions for contents of script elements").
  const safe = script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--').trim();
  const policy = [
    "default-src 'none'",
    `script-src ${sourceOf(safe)}`,
    `style-src ${sourceOf(style)}`,
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const fallback = LANGUAGES.map((language) => `<p lang="${language}" dir="auto">${fallbackIn(language)}</p>`).join('');
  return page
    .replaceAll(/\s*<(script|link)[^>]*(src|href)=[^>]*>(<\/script>)?/g, '')
    .replace(
      '<meta charset="utf-8" />',
      (charset) => `${charset}\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
    )
    .replace('</head>', () => `  <style>${style}</style>\n  </head>`)
    .replace('</body>', () => `  ${fallback}\n    <script>${safe}</script>\n  </body>`);
}

/** What stands there where the script may not run. */
function fallbackIn(language: string): string {
  const path = join(import.meta.dirname, 'src', 'messages', 'offline', `${language}.json`);
  return String(JSON.parse(readFileSync(path, 'utf8'))['offline.save']);
}

function sourceOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** The verifier as one page that works from a file, without a network. Built after the desks, into the same folder. */
export default defineConfig({
  plugins: [words(), oneFile()],
  build: {
    target: 'es2023',
    sourcemap: false,
    emptyOutDir: false,
    modulePreload: false,
    cssCodeSplit: false,
    reportCompressedSize: false,
    rolldownOptions: { input: join(import.meta.dirname, 'verifier.html'), output: { format: 'iife', codeSplitting: false } },
  },
});
