/**
 * The texts by which one IP address may be written in a log: as given, IPv6 in the canonical form of RFC 5952 and written out in full.
 * Lower case. Undefined when the text is no address.
 */
export function addressForms(text: string): readonly string[] | undefined {
  const given = text.trim().toLowerCase();
  if (isIpv4(given)) return [given, `::ffff:${given}`];
  const groups = ipv6Groups(given);
  if (groups === undefined) return undefined;
  const plain = groups.map((group) => group.toString(16));
  const full = plain.map((group) => group.padStart(4, '0')).join(':');
  const forms = [given, canonical(plain), plain.join(':'), full];
  const [high = 0, low = 0] = groups.slice(6);
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (mapped) forms.push(`${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`);
  return [...new Set(forms)];
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
}

function ipv6Groups(text: string): readonly number[] | undefined {
  const halves = withHexTail(text).split('::');
  if (halves.length > 2) return undefined;
  const [left = [], right = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const gap = 8 - left.length - right.length;
  if (halves.length === 1 ? gap !== 0 : gap < 1) return undefined;
  const groups = [...left, ...Array.from({ length: gap }, () => '0'), ...right];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return undefined;
  return groups.map((group) => Number.parseInt(group, 16));
}

/** `::ffff:192.0.2.1` with its last 32 bits as two groups. */
function withHexTail(text: string): string {
  const tail = text.slice(text.lastIndexOf(':') + 1);
  if (!text.includes(':') || !isIpv4(tail)) return text;
  const [a = 0, b = 0, c = 0, d = 0] = tail.split('.').map(Number);
  return `${text.slice(0, -tail.length)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

/** RFC 5952 section 4: the longest run of two or more zero groups, the first of equals, becomes `::`. */
function canonical(groups: readonly string[]): string {
  let best = { start: 0, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (groups[start + length] === '0') length++;
    if (length > best.length) best = { start, length };
  }
  if (best.length < 2) return groups.join(':');
  return `${groups.slice(0, best.start).join(':')}::${groups.slice(best.start + best.length).join(':')}`;
}
