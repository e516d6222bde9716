/**
 * The code points that an OpenType font has glyphs for, from its `cmap` table (OpenType 1.9, formats 4 and 12). Throws on a font without a
 * Unicode table of these formats: fonts come with the package.
 */
export function fontCoverage(font: Uint8Array): ReadonlySet<number> {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const cmap = tableOffset(view, 'cmap');
  const count = view.getUint16(cmap + 2);
  const covered = new Set<number>();
  let found = false;
  for (let i = 0; i < count; i++) {
    const record = cmap + 4 + i * 8;
    const unicode = view.getUint16(record) === 0 || view.getUint16(record) === 3;
    found = (unicode && addSubtable(view, cmap + view.getUint32(record + 4), covered)) || found;
  }
  if (!found) throw new Error('the font has no Unicode character map');
  return covered;
}

function tableOffset(view: DataView, tag: string): number {
  const count = view.getUint16(4);
  for (let i = 0; i < count; i++) {
    const record = 12 + i * 16;
    const name = String.fromCharCode(...[0, 1, 2, 3].map((at) => view.getUint8(record + at)));
    if (name === tag) return view.getUint32(record + 8);
  }
  throw new Error(`the font has no table ${tag}`);
}

function addSubtable(view: DataView, at: number, covered: Set<number>): boolean {
  const format = view.getUint16(at);
  if (format === 4) addSegments(view, at, covered);
  if (format === 12) addGroups(view, at, covered);
  return format === 4 || format === 12;
}

function addGroups(view: DataView, at: number, covered: Set<number>): void {
  const groups = view.getUint32(at + 12);
  for (let i = 0; i < groups; i++) {
    const group = at + 16 + i * 12;
    const [first, last, glyph] = [view.getUint32(group), view.getUint32(group + 4), view.getUint32(group + 8)];
    for (let point = first; point <= last; point++) if (glyph + point - first !== 0) covered.add(point);
  }
}

function addSegments(view: DataView, at: number, covered: Set<number>): void {
  const size = view.getUint16(at + 6);
  for (let segment = 0; segment < size; segment += 2) {
    const last = view.getUint16(at + 14 + segment);
    const first = view.getUint16(at + 16 + size + segment);
    const delta = view.getUint16(at + 16 + 2 * size + segment);
    const rangeAt = at + 16 + 3 * size + segment;
    const range = view.getUint16(rangeAt);
    for (let point = first; point <= last && point !== 0xffff; point++) {
      const stored = range === 0 ? point : view.getUint16(rangeAt + range + 2 * (point - first));
      if (stored !== 0 && ((stored + delta) & 0xffff) !== 0) covered.add(point);
    }
  }
}
