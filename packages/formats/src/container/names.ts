import { ok, type Result } from '@comity/core';
import { type Fault, fault } from './faults.ts';

const MAX_NAME_BYTES = 512;
// Control characters, and those that turn the direction of writing around so that a name looks like another.
const CONTROL = /[\p{Cc}\u2028-\u202e\u2066-\u2069\ufeff]/u;
/** Names that Windows gives to devices, in any folder and with any ending. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

/** What is wrong with the name of an entry; undefined for a name that leads nowhere but into the folder it is unpacked to, on any machine. */
export function nameFault(name: string): Fault | undefined {
  if (name === '') return 'name-empty';
  if (new TextEncoder().encode(name).length > MAX_NAME_BYTES) return 'name-too-long';
  if (!name.isWellFormed()) return 'name-not-utf8';
  if (CONTROL.test(name)) return 'name-control';
  if (name.includes('\\')) return 'name-backslash';
  if (name.startsWith('/')) return 'name-absolute';
  // `C:` is a drive; `a:b` is a hidden stream of the file a.
  if (name.includes(':')) return 'name-drive';
  const parts = (name.endsWith('/') ? name.slice(0, -1) : name).split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return 'name-parent';
  // Windows drops dots and blanks at the end, so `.. ` is `..` there.
  if (parts.some((part) => /[. ]$/.test(part))) return 'name-parent';
  return parts.some((part) => DEVICE.test(part)) ? 'name-device' : undefined;
}

/** Refuses names of which two would be one file somewhere: the same, the same but for case or composition, or a file where another needs a folder. */
export function checkNames(names: readonly string[]): Result<'apart'> {
  const wrongWith = namesSoFar();
  for (const name of names) {
    const wrong = wrongWith(name);
    if (wrong !== undefined) return fault(wrong, shownName(name));
  }
  return ok('apart');
}

/** Takes names one by one, and says what is wrong with one on its own or beside those before it. */
export function namesSoFar(): (name: string) => Fault | undefined {
  const entries = new Map<string, string>();
  const folders = new Set<string>();
  return (name) => {
    const wrong = nameFault(name);
    if (wrong !== undefined) return wrong;
    const key = folded(name);
    const other = entries.get(key);
    if (other !== undefined) return other === name ? 'name-twice' : 'name-collides';
    const above = foldersAbove(key);
    const isFolder = name.endsWith('/');
    if ((!isFolder && folders.has(key)) || above.some((folder) => entries.get(folder)?.endsWith('/') === false))
      return 'name-collides';
    entries.set(key, name);
    for (const folder of isFolder ? [...above, key] : above) folders.add(folder);
    return undefined;
  };
}

function foldersAbove(key: string): readonly string[] {
  const parts = key.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** What file systems that ignore case, composition or width make of a name. */
function folded(name: string): string {
  const plain = name.endsWith('/') ? name.slice(0, -1) : name;
  return plain.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

/** A hostile name as a message may show it. */
export function shownName(name: string): string {
  return name.replace(/[^\x20-\x7e]/gu, '?').slice(0, 100);
}
