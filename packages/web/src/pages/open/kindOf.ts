/** How a file is shown. `other` is not shown at all. */
export type ViewKind = 'table' | 'text' | 'mail' | 'image' | 'other';

/** Formats of images that browsers decode, by the bytes they begin with: what a name or a type says of them counts for nothing. */
const IMAGES: readonly { readonly type: string; readonly test: (head: Uint8Array) => boolean }[] = [
  { type: 'image/png', test: (head) => begins(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
  { type: 'image/jpeg', test: (head) => begins(head, [0xff, 0xd8, 0xff]) },
  { type: 'image/gif', test: (head) => begins(head, [0x47, 0x49, 0x46, 0x38]) },
  {
    type: 'image/webp',
    test: (head) => begins(head, [0x52, 0x49, 0x46, 0x46]) && begins(head.subarray(8), [0x57, 0x45, 0x42, 0x50]),
  },
];

/** The type of an image, from its first bytes; undefined when it is none of those that are shown. */
export function imageType(head: Uint8Array): string | undefined {
  return IMAGES.find(({ test }) => test(head))?.type;
}

/** How to show a file, from its type, its name and its first bytes. Only text is believed to be what its type says. */
export function kindOf(file: { readonly name: string; readonly mediaType: string }, head: Uint8Array): ViewKind {
  if (imageType(head) !== undefined) return 'image';
  if (!isText(head)) return 'other';
  const type = file.mediaType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'message/rfc822' || type === 'application/mbox' || /\.(eml|mbox)$/i.test(file.name)) return 'mail';
  return type === 'text/csv' || /\.csv$/i.test(file.name) ? 'table' : 'text';
}

/** Whether bytes can be text: no NUL, and few other control characters. UTF-8 or not is for the reader to settle. */
function isText(head: Uint8Array): boolean {
  let strange = 0;
  for (const byte of head) {
    if (byte === 0) return false;
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c && byte !== 0x1b) strange++;
  }
  return strange * 50 <= head.length;
}

function begins(bytes: Uint8Array, first: readonly number[]): boolean {
  return first.every((byte, index) => bytes[index] === byte);
}
