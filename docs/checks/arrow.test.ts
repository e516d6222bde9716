import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..', '..');
const BIOME = join(ROOT, 'node_modules', '.bin', 'biome');
let copy: string;

/** A small tree with our rules and nothing else, so that a planted fault is the only one. */
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'comity-arrow-'));
  cpSync(join(ROOT, 'biome.json'), join(copy, 'biome.json'));
  writeFileSync(join(copy, '.gitignore'), 'node_modules/\n');
  spawnSync('git', ['init', '-q'], { cwd: copy });
  mkdirSync(join(copy, 'node_modules', '@comity'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules', '@biomejs'), join(copy, 'node_modules', '@biomejs'));
  for (const name of readdirSync(join(ROOT, 'packages'))) {
    mkdirSync(join(copy, 'packages', name, 'src'), { recursive: true });
    writeFileSync(
      join(copy, 'packages', name, 'package.json'),
      JSON.stringify({ name: `@comity/${name}`, exports: './src/index.ts' }),
    );
    symlinkSync(join(copy, 'packages', name), join(copy, 'node_modules', '@comity', name));
  }
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** What the linter says of these files. */
function lint(files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), text);
  }
  const done = spawnSync(BIOME, ['lint', '--max-diagnostics=50', ...Object.keys(files)], { cwd: copy, encoding: 'utf8' });
  for (const path of Object.keys(files)) rmSync(join(copy, path));
  return done.status === 0 ? 'clean' : `${done.stdout}${done.stderr}`;
}

const use = (from: string): string => `import { thing } from '${from}';\n\nexport const used = thing;\n`;

describe('the arrow', () => {
  it.each([
    ['packages/core/src/planted.ts', '@comity/assess'],
    ['packages/assess/src/planted.ts', '@comity/procedure'],
    ['packages/procedure/src/planted.ts', '@comity/prove'],
    ['packages/prove/src/planted.ts', '@comity/core'],
    ['packages/seal/src/planted.ts', '@comity/prepare'],
    ['packages/formats/src/planted.ts', '@comity/node'],
    ['packages/verify/src/planted.ts', '@comity/seal'],
    ['packages/verify/src/planted.ts', '@comity/node'],
    ['packages/web/src/planted.ts', '@comity/node'],
    ['packages/cli/src/planted.ts', '@comity/sandbox'],
    ['packages/node/src/planted.ts', '@comity/web'],
    ['packages/core/src/planted.ts', '../../../packages/node/src/index.ts'],
    ['packages/node/src/app/planted.ts', '../http/cases.ts'],
    ['packages/node/src/store/planted.ts', '../app/act.ts'],
    ['packages/node/src/vault/planted.ts', '../peers/client.ts'],
  ])('refuses %s -> %s', (path, from) => {
    expect(lint({ [path]: use(from) })).toContain('noRestrictedImports');
  });

  it.each([
    ['packages/assess/src/planted.ts', '@comity/core'],
    ['packages/verify/src/planted.ts', '@comity/seal/manifest'],
    ['packages/node/src/app/planted.ts', '../store/acts.ts'],
    ['packages/web/src/planted.ts', '@comity/node/api'],
    ['packages/cli/src/planted.ts', '@comity/node'],
  ])('allows %s -> %s', (path, from) => {
    expect(lint({ [path]: use(from) })).toBe('clean');
  });

  it('refuses a circle', () => {
    const circle = {
      'packages/core/src/one.ts': "import { two } from './two.ts';\n\nexport const one = (): number => two();\n",
      'packages/core/src/two.ts': "import { one } from './one.ts';\n\nexport const two = (): number => one();\n",
    };
    expect(lint(circle)).toContain('noImportCycles');
  });

  it('refuses a promise that nobody awaits, and any', () => {
    expect(
      lint({
        'packages/node/src/planted.ts':
          'async function work(): Promise<void> {}\n\nexport function start(): void {\n  work();\n}\n',
      }),
    ).toContain('noFloatingPromises');
    expect(lint({ 'packages/core/src/planted.ts': 'export const loose = (value: any): string => value;\n' })).toContain(
      'noExplicitAny',
    );
  });
});

describe('the pure packages', () => {
  /** Type-checks a module that reads a file, under the settings of a package. */
  function typeCheck(settings: string): string {
    const dir = mkdtempSync(join(tmpdir(), 'comity-types-'));
    symlinkSync(join(ROOT, 'node_modules'), join(dir, 'node_modules'));
    writeFileSync(join(dir, 'planted.mts'), "import { readFileSync } from 'node:fs';\n\nexport const read = readFileSync;\n");
    writeFileSync(
      join(dir, 'tsconfig.json'),
      JSON.stringify({ extends: join(ROOT, settings), include: ['planted.mts'], exclude: [] }),
    );
    const done = spawnSync(join(ROOT, 'node_modules', '.bin', 'tsc'), ['-p', dir], { encoding: 'utf8' });
    rmSync(dir, { recursive: true });
    return done.status === 0 ? 'clean' : done.stdout;
  }

  it.each(['core', 'assess', 'procedure', 'prove', 'verify'])(
    '%s cannot reach the machine: node:fs does not even type-check',
    (name) => {
      expect(typeCheck(`packages/${name}/tsconfig.json`)).toContain('node:fs');
    },
  );

  it('and the same module type-checks where the machine may be used', () => {
    expect(typeCheck('packages/node/tsconfig.json')).toBe('clean');
  });
});
