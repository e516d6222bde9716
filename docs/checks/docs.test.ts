import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CODES } from '@comity/core';
import { describe, expect, it } from 'vitest';
import { makePage, NAMES, standingPage } from '../generate.ts';
import { subcommandsOf } from '../pages/cli.ts';
import { brokenLinks, commandsIn, missingPaths, strayPlaces } from './claims.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const files = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' })
  .stdout.split('\n')
  .filter((path) => path !== '' && existsSync(join(ROOT, path)));
const pages = files.filter((path) => path.endsWith('.md'));

describe('a generated page', () => {
  it.each(NAMES)(
    '%s says what its source says (else: npm run docs)',
    async (name) => {
      expect(standingPage(name)).toBe(await makePage(name));
      // The page of the program runs each of its commands once.
    },
    120_000,
  );

  it('has no neighbour that nothing makes', () => {
    const standing = ['reference', 'law'].flatMap((folder) =>
      readdirSync(join(ROOT, 'docs', folder)).map((name) => `${folder}/${name}`),
    );
    expect(standing.sort()).toEqual([...NAMES].sort());
  });
});

describe('a refusal', () => {
  const catalogues = readdirSync(join(ROOT, 'packages/core/error-messages'));

  it('has catalogues to look in', () => {
    expect(catalogues).toContain('en.json');
  });

  it.each(catalogues)('has its words and what to do next in %s', (name) => {
    const words = JSON.parse(read(`packages/core/error-messages/${name}`));
    const keys = Object.keys(CODES).flatMap((code) => [`error.${code}`, `error.${code}.next`]);
    expect(keys.filter((key) => typeof words[key] !== 'string' || words[key].trim() === '')).toEqual([]);
    const known = Object.keys(words).filter((key) => key.startsWith('error.'));
    expect(known.filter((key) => !keys.includes(key))).toEqual([]);
  });
});

describe('a link', () => {
  it.each(pages)('of %s leads somewhere', (page) => {
    const there = (target: string): string | undefined => {
      const file = join(ROOT, dirname(page), target);
      if (!existsSync(file)) return undefined;
      return statSync(file).isDirectory() ? '' : readFileSync(file, 'utf8');
    };
    expect(brokenLinks(read(page), there)).toEqual([]);
  });

  it('that leads nowhere is found: no file, no heading, no heading here', () => {
    const there = (target: string): string | undefined => (target === 'b.md' ? '# Some `code` here' : undefined);
    const text =
      '[x](a.md) [x](b.md#some-code-here) [x](b.md#other) ![x](c.svg) [x](#top) [x](https://a.example)\n\n# Top\n[x](#low)';
    expect(brokenLinks(text, there)).toEqual(['a.md', 'b.md#other', 'c.svg', '#low']);
  });
});

describe('a command in a page', () => {
  const scripts = Object.keys(JSON.parse(read('package.json')).scripts);
  const help = (command: readonly string[]): string =>
    spawnSync(process.execPath, [join(ROOT, 'packages/cli/src/main.ts'), ...command, '--help'], { encoding: 'utf8' }).stdout;
  const known = subcommandsOf(help([]));
  const below = new Map(known.map((name) => [name, subcommandsOf(help([name]))]));

  it('exists: npm run X is a script, npx comity Y is a command', () => {
    const used = pages.flatMap((page) => commandsIn(read(page)).map((command) => ({ page, ...command })));
    expect(used.length).toBeGreaterThan(20);
    const wrong = used.filter(({ program, words: [first = '', second = ''] }) => {
      if (program === 'npm') return !scripts.includes(first);
      const inner = below.get(first);
      return inner === undefined || (inner.length > 0 && !inner.includes(second));
    });
    expect(wrong).toEqual([]);
  });

  it('is found wherever it stands', () => {
    const text =
      'Run `npm run law`, or\n\n    npm install && npm start -- --fresh\n    X=y npx comity node start --config a\n    npm run build -w @comity/web';
    expect(commandsIn(text)).toEqual([
      { program: 'npm', words: ['law'] },
      { program: 'npm', words: ['start'] },
      { program: 'comity', words: ['node', 'start'] },
    ]);
  });

  it('that runs the tests is the one that the README gives', () => {
    const command = 'npm install && npm test';
    expect(read('README.md')).toContain(`\n    ${command}\n`);
    expect(
      read('.ci/run')
        .split('\n')
        .filter((line) => line.startsWith('npm install')),
    ).toEqual([`${command} 2>&1 | tee "$log"`]);
  });
});

describe('ARCHITECTURE.md', () => {
  it('names only paths that are there', () => {
    expect(missingPaths(read('ARCHITECTURE.md'), (path) => existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('and would be found out', () => {
    const text = '`packages/core/src/gone.ts` `law` and\n```\nlaw/  x\npackages/\n  core/  y\n  gone/  z\n```\n';
    const there = (path: string): boolean => ['law', 'packages', 'packages/core'].includes(path);
    expect(missingPaths(text, there)).toEqual(['packages/core/src/gone.ts', 'packages/gone']);
  });

  it('names every package', () => {
    const text = read('ARCHITECTURE.md');
    expect(readdirSync(join(ROOT, 'packages')).filter((name) => !text.includes(`\n  ${name}/ `))).toEqual([]);
  });
});

describe('a file of the project', () => {
  it('names no place of the machine it was written on, and test data beside the project only in tests', () => {
    const texts = files.filter(
      (path) => /\.(ts|tsx|js|json|ya?ml|md|svg|css|html|typ|sh)$|^\.ci\//.test(path) && path !== 'package-lock.json',
    );
    expect(texts.length).toBeGreaterThan(300);
    expect(texts.flatMap((path) => strayPlaces(path, read(path)))).toEqual([]);
  });

  it('that did would be found out', () => {
    const shared = `../${'shared'}/vectors`;
    expect(strayPlaces('packages/a/src/a.ts', `const x = '${shared}';`)).toEqual([`packages/a/src/a.ts: ../${'shared'}`]);
    expect(strayPlaces('packages/a/src/a.test.ts', `const x = '${shared}';`)).toEqual([]);
    expect(strayPlaces('packages/a/src/testing/law.ts', `const x = '${shared}';`)).toEqual([]);
    expect(strayPlaces('docs/a.md', `see /${'work'}/main`)).toEqual([`docs/a.md: /${'work'}/main`]);
  });
});
