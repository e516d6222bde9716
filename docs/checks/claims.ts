/** Gives the text of what a relative link leads to; undefined when nothing is there. */
type There = (target: string) => string | undefined;

/** Relative links of a page that lead to no file, or to no heading of it. */
export function brokenLinks(text: string, there: There): readonly string[] {
  const prose = withoutCode(text);
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
  return targets.filter((target) => !/^[a-z]+:/.test(target) && !leads(target, text, there));
}

function leads(target: string, here: string, there: There): boolean {
  const [path = '', heading] = target.split('#');
  const text = path === '' ? here : there(path);
  return text !== undefined && (heading === undefined || headingsOf(text).includes(heading));
}

/** Headings as addresses: lower case, without marks, spaces as hyphens. */
function headingsOf(text: string): readonly string[] {
  const titles = [...text.matchAll(/^#{1,6} (.+)$/gm)].map((match) => match[1] ?? '');
  return titles.map((title) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function withoutCode(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '');
}

/** A command that a page tells its reader to run. */
export interface Command {
  readonly program: 'npm' | 'comity';
  readonly words: readonly string[];
}

/** The scripts (`npm run X`, `npm start`, `npm test`) and commands (`npx comity X Y`) in a page. A script of one workspace (`-w`) is not looked at. */
export function commandsIn(text: string): readonly Command[] {
  const found = text.matchAll(
    /\bnpm (?:run (?:-s )?([a-z][a-z:-]*)( -w)?|(start|test)\b)|\bnpx comity ([a-z][a-z0-9]*)(?: ([a-z]+))?/g,
  );
  return [...found].flatMap(([, script, workspace, short, first, second]): readonly Command[] => {
    if (first !== undefined) return [{ program: 'comity', words: second === undefined ? [first] : [first, second] }];
    return workspace === undefined ? [{ program: 'npm', words: [script ?? short ?? ''] }] : [];
  });
}

const PLACES = /^(packages|law|sandbox|conformance|bench|docs)(\/|$)/;

/** Paths that a page names, in its words and in its tree, and that are not there. */
export function missingPaths(text: string, there: (path: string) => boolean): readonly string[] {
  const tree = /^```\n([\s\S]*?)^```/m.exec(text)?.[1] ?? '';
  const words = [...text.replace(tree, '').matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '');
  const named = words.filter((word) => PLACES.test(word) && /^[\w./-]+$/.test(word));
  return [...new Set([...named, ...pathsOfTree(tree)])].filter((path) => !there(path));
}

/** `packages/` and, two spaces deeper, `core/`: one level is enough for a page. */
function pathsOfTree(tree: string): readonly string[] {
  let parent = '';
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', name] = /^( *)([\w.-]+)\//.exec(line) ?? [];
    if (name === undefined) return [];
    if (indent === '') parent = name;
    return [indent === '' ? name : `${parent}/${name}`];
  });
}

const BESIDE = `../${'shared'}`;
const MACHINE = new RegExp(`(?<![\\w.])/(?:${'work'}|root|home)/[a-z]*`, 'g');

/** Places outside the project that a file names. Tests may look for data beside the project. */
export function strayPlaces(path: string, text: string): readonly string[] {
  const isTest = /\.test\.tsx?$|\/testing\//.test(path);
  const beside = !isTest && text.includes(BESIDE) ? [BESIDE] : [];
  return [...beside, ...(text.match(MACHINE) ?? [])].map((place) => `${path}: ${place}`);
}
