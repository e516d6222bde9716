import { fromUtf8, ok, type Result } from '@comity/core';
import { type Fault, fault } from './faults.ts';

/** An element with what stands directly in it; comments are left out. */
export interface XmlElement {
  /** Namespace, `''` for none. */
  readonly space: string;
  readonly name: string;
  /** Attributes without a prefix. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Text directly inside, joined. */
  readonly text: string;
}

const DEPTH = 32;
const NAME = /[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?/y;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const XML = 'http://www.w3.org/XML/1998/namespace';

/** Escapes a text for XML content and for attributes in double quotes. */
export function xmlText(text: string): string {
  return text.replace(/[<>&"]/g, (sign) => `&${Object.keys(ENTITIES).find((name) => ENTITIES[name] === sign)};`);
}

/**
 * Reads an XML document of the plain kind that containers hold (XML 1.0, Namespaces 1.0, UTF-8): elements, attributes, text, comments.
 * Refuses a document type and processing instructions by name (`xml-doctype`), so that no entity is ever expanded and nothing outside
 * is read; and all else that is not well formed (`xml-invalid`).
 */
export function readXml(bytes: Uint8Array, where: string): Result<XmlElement> {
  try {
    return ok(new Reader(fromUtf8(bytes).replace(/^\ufeff/, '')).document());
  } catch (error) {
    if (error instanceof Malformed) return fault(error.fault, where);
    // fromUtf8 throws TypeError on what is not UTF-8.
    if (error instanceof TypeError) return fault('xml-invalid', where);
    throw error;
  }
}

class Malformed extends Error {
  readonly fault: Fault;

  constructor(name: Fault = 'xml-invalid') {
    super(name);
    this.fault = name;
  }
}

type Spaces = Readonly<Record<string, string>>;
interface StartTag {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly empty: boolean;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): XmlElement {
    if (/^<\?xml[ \t\r\n]/.test(this.#text)) this.#at = this.#after('?>');
    this.#misc();
    const root = this.#element({ xml: XML, '': '' }, 0);
    this.#misc();
    if (this.#at !== this.#text.length) throw new Malformed();
    return root;
  }

  /** White space and comments between markup. */
  #misc(): void {
    for (;;) {
      while (/[ \t\r\n]/.test(this.#text[this.#at] ?? '')) this.#at++;
      if (!this.#comment()) return;
    }
  }

  #comment(): boolean {
    if (this.#sees('<!DOCTYPE') || (this.#sees('<?') && this.#at > 0)) throw new Malformed('xml-doctype');
    if (!this.#sees('<!--')) return false;
    this.#at = this.#after('-->');
    return true;
  }

  #element(outer: Spaces, depth: number): XmlElement {
    if (depth > DEPTH) throw new Malformed();
    const tag = this.#startTag();
    const spaces = { ...outer, ...declared(tag.attributes) };
    const own = tag.attributes.filter(([name]) => !name.includes(':') && name !== 'xmlns');
    const inside = tag.empty ? { children: [], text: '' } : this.#content(tag.name, { spaces, depth });
    return { ...resolved(tag.name, spaces), attributes: Object.fromEntries(own), ...inside };
  }

  #startTag(): StartTag {
    if (this.#text[this.#at] !== '<') throw new Malformed();
    this.#at++;
    const name = this.#name();
    const attributes: (readonly [string, string])[] = [];
    for (;;) {
      const spaced = this.#space();
      if (this.#take('/>')) return { name, attributes, empty: true };
      if (this.#take('>')) return { name, attributes, empty: false };
      if (!spaced) throw new Malformed();
      const attribute = this.#attribute();
      if (attributes.some(([other]) => other === attribute[0])) throw new Malformed();
      attributes.push(attribute);
    }
  }

  #attribute(): readonly [string, string] {
    const name = this.#name();
    this.#space();
    if (!this.#take('=')) throw new Malformed();
    this.#space();
    const quote = this.#text[this.#at];
    if (quote !== '"' && quote !== "'") throw new Malformed();
    const from = this.#at + 1;
    const end = this.#after(quote, from) - 1;
    this.#at = end + 1;
    const value = this.#text.slice(from, end);
    if (value.includes('<')) throw new Malformed();
    return [name, unescaped(value)];
  }

  #content(name: string, at: { readonly spaces: Spaces; readonly depth: number }): Pick<XmlElement, 'children' | 'text'> {
    const children: XmlElement[] = [];
    let text = '';
    for (;;) {
      const next = this.#text.indexOf('<', this.#at);
      if (next < 0) throw new Malformed();
      text += unescaped(this.#text.slice(this.#at, next));
      this.#at = next;
      if (this.#comment()) continue;
      if (this.#take('</')) {
        if (this.#name() !== name) throw new Malformed();
        this.#space();
        if (!this.#take('>')) throw new Malformed();
        return { children, text };
      }
      children.push(this.#element(at.spaces, at.depth + 1));
    }
  }

  #name(): string {
    NAME.lastIndex = this.#at;
    const found = NAME.exec(this.#text)?.[0];
    if (found === undefined) throw new Malformed();
    this.#at += found.length;
    return found;
  }

  #space(): boolean {
    const from = this.#at;
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? '')) this.#at++;
    return this.#at > from;
  }

  #sees(text: string): boolean {
    return this.#text.startsWith(text, this.#at);
  }

  #take(text: string): boolean {
    const there = this.#sees(text);
    if (there) this.#at += text.length;
    return there;
  }

  #after(text: string, from: number = this.#at): number {
    const found = this.#text.indexOf(text, from);
    if (found < 0) throw new Malformed();
    return found + text.length;
  }
}

function declared(attributes: StartTag['attributes']): Spaces {
  const entries = attributes.flatMap(([name, value]) => {
    if (name === 'xmlns') return [['', value]];
    return name.startsWith('xmlns:') ? [[name.slice(6), value]] : [];
  });
  return Object.fromEntries(entries);
}

function resolved(name: string, spaces: Spaces): Pick<XmlElement, 'space' | 'name'> {
  const [prefix, local] = name.includes(':') ? name.split(':', 2) : ['', name];
  const space = spaces[prefix ?? ''];
  if (space === undefined || local === undefined) throw new Malformed();
  return { space, name: local };
}

/** Text with the five entities that XML itself defines, and numbered characters. */
function unescaped(text: string): string {
  if (text.includes(']]>')) throw new Malformed();
  return text.replace(/\r\n?/g, '\n').replace(/&([^;&]*);?/g, (whole, entity: string) => {
    const known = ENTITIES[entity];
    if (known !== undefined && whole.endsWith(';')) return known;
    const code = /^#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}))$/.exec(entity);
    const point = code === null ? Number.NaN : Number.parseInt(code[1] ?? code[2] ?? '', code[1] === undefined ? 10 : 16);
    if (!whole.endsWith(';') || !(point > 0 && point <= 0x10ffff)) throw new Malformed();
    return String.fromCodePoint(point);
  });
}
