import { isInstant, isJsonObject, isUuid } from '@comity/core';

/** Gives the path of what is wrong with a value, `''` when it is the value itself, undefined when nothing is. */
type Form = (value: unknown) => string | undefined;

const HASH = /^[0-9a-f]{64}$/;
/** Offices in one manifest; as many as one file may be sealed to. */
const MAX_TO = 64;
const MAX_LIST = 1000;
/** Holders of shares of one file key. */
const MAX_SHARES = 16;

const name = is((value) => typeof value === 'string' && value.length > 0 && value.length <= 200 && value.isWellFormed());
const hash = is((value) => typeof value === 'string' && HASH.test(value));
const count = is((value) => Number.isSafeInteger(value) && Number(value) >= 0 && !Object.is(value, -0));
const instant = is(isInstant);
const recipient = is((value) => typeof value === 'string' && /^age1[a-z0-9]{58,2000}$/.test(value));
const columns = listOf(name, { min: 0, max: MAX_LIST });

const FORM = objectOf({
  v: is((value) => value === 2),
  suite: name,
  env: is((value) => value === 'sandbox' || value === 'production'),
  case: name,
  delivery: is(isUuid),
  item: name,
  from: name,
  to: listOf(objectOf({ party: name, keyId: name, recipient }), { min: 0, max: MAX_TO }),
  ciphertext: objectOf({ sha256: hash, size: count }),
  plaintext: objectOf({ digest: hash }),
  list: objectOf({ root: hash, size: count, index: count, proof: listOf(hash, { min: 0, max: 64 }) }),
  joint: optional(
    objectOf({
      needed: count,
      holders: listOf(objectOf({ party: name, keyId: name, recipient, commitment: hash }), { min: 2, max: MAX_SHARES }),
    }),
  ),
  basis: objectOf({ procedure: hash, order: hash, approvals: listOf(hash, { min: 0, max: MAX_LIST }) }),
  minimisation: objectOf({ planDigest: hash, rowsTotal: count, rowsKept: count, columnsKept: columns, columnsDropped: columns }),
  retention: objectOf({ until: instant, action: is((value) => value === 'destroy') }),
  at: instant,
});

/** Path of the first field of a manifest that is missing, unknown, of another form, or contradicts another; undefined for a sound one. */
export function firstWrongField(json: unknown): string | undefined {
  return FORM(json) ?? contradiction(json);
}

/** Only asked once the form is right. */
function contradiction(json: unknown): string | undefined {
  const { minimisation, retention, at, to, list, joint } = json as Checked; // parser: FORM has checked these fields
  if (minimisation.rowsKept > minimisation.rowsTotal) return 'minimisation.rowsKept';
  if (repeats([...minimisation.columnsKept, ...minimisation.columnsDropped])) return 'minimisation.columnsDropped';
  if (repeats(to.map((office) => office.recipient))) return 'to';
  if (list.index >= list.size) return 'list.index';
  // Either every office in `to` opens alone, or nobody does.
  if ((to.length === 0) !== (joint !== undefined)) return 'to';
  if (joint !== undefined && (joint.needed < 2 || joint.needed > joint.holders.length)) return 'joint.needed';
  if (joint !== undefined && repeats(joint.holders.map((office) => office.recipient))) return 'joint.holders';
  return retention.until < at ? 'retention.until' : undefined;
}

interface Checked {
  readonly minimisation: {
    readonly rowsTotal: number;
    readonly rowsKept: number;
    readonly columnsKept: readonly string[];
    readonly columnsDropped: readonly string[];
  };
  readonly retention: { readonly until: string };
  readonly list: { readonly size: number; readonly index: number };
  readonly joint?: { readonly needed: number; readonly holders: readonly { readonly recipient: string }[] };
  readonly at: string;
  readonly to: readonly { readonly recipient: string }[];
}

function repeats(list: readonly string[]): boolean {
  return new Set(list).size !== list.length;
}

function is(test: (value: unknown) => boolean): Form {
  return (value) => (test(value) ? undefined : '');
}

function listOf(form: Form, { min, max }: { readonly min: number; readonly max: number }): Form {
  return (value) => {
    if (!Array.isArray(value) || value.length < min || value.length > max) return '';
    return firstOf(value.entries(), (entry) => form(entry));
  };
}

/** A member that may be left out. */
interface Optional {
  readonly optional: Form;
}

function optional(form: Form): Optional {
  return { optional: form };
}

function objectOf(forms: Readonly<Record<string, Form | Optional>>): Form {
  return (value) => {
    if (!isJsonObject(value)) return '';
    const unknown = Object.keys(value).find((key) => !Object.hasOwn(forms, key));
    if (unknown !== undefined) return unknown;
    return firstOf(Object.entries(forms), (form, key) => {
      const there = Object.hasOwn(value, key);
      if (typeof form === 'function') return there ? form(value[key]) : '';
      return there ? form.optional(value[key]) : undefined;
    });
  };
}

function firstOf<K extends string | number, V>(
  entries: Iterable<readonly [K, V]>,
  wrongIn: (entry: V, key: K) => string | undefined,
): string | undefined {
  for (const [key, entry] of entries) {
    const wrong = wrongIn(entry, key);
    if (wrong !== undefined) return wrong === '' ? String(key) : `${key}.${wrong}`;
  }
  return undefined;
}
