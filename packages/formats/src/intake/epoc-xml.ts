import { type DataCategory, type Identifier, type IdentifierType, type Instant, toInstant } from '@comity/core';
import { readXml, type XmlElement } from '../container/xml.ts';
import type { Doubt, DraftField, DraftItem, DraftValue, ImportDraft } from './draft.ts';

/**
 * Forms of the Commission in XML. Names and codes are those observed in public software that reads them (2026), not tested against the official XSD: whatever has another name is listed as not placed, never
 * dropped, and a person reads it.
 */
const FORMS: Readonly<Record<string, string>> = {
  'http://data.europa.eu/edm/1/ns/forms/EPOC-FORM_1#': 'EPOC',
  'http://data.europa.eu/edm/1/ns/forms/EPOC-PR-FORM-2#': 'EPOC-PR',
  'http://data.europa.eu/edm/1/ns/forms/EPOC-FORM-3#': 'EPOC form 3',
  'http://data.europa.eu/edm/1/ns/forms/EPOC-PR-FORM-5#': 'EPOC-PR form 5',
  'http://data.europa.eu/edm/1/ns/forms/EPOC-PR-FORM-6#': 'EPOC-PR form 6',
};
const TYPES: Readonly<Record<string, IdentifierType>> = {
  IPV_4: 'ip_address',
  IPV_6: 'ip_address',
  EMAIL: 'email',
  PHONE_NUMBER: 'phone',
  IMEI_NUMBER: 'imei',
  MAC_ADDRESS: 'mac_address',
  USER_ID: 'user_id',
};
const CATEGORIES: Readonly<Record<string, DataCategory>> = {
  Subscriber: 'subscriber',
  UserIdentification: 'identification',
  Traffic: 'traffic',
  Content: 'content',
};
const MOST_OPEN = 200;

/** The draft of a form in XML; undefined where the document is none. */
export function draftFromEpocXml(bytes: Uint8Array): ImportDraft | undefined {
  const read = readXml(bytes, 'epoc');
  const form = read.ok ? FORMS[read.value.space] : undefined;
  if (!read.ok || form === undefined) return undefined;
  const reader = new FormReader(read.value);
  const values = [reader.value('instrument', read.value, form), ...reader.head(), ...reader.deadlines(), ...reader.signatures()];
  const { items, odd } = reader.evidence();
  return { values: [...values, ...odd], items, open: reader.open(), readable: true };
}

class FormReader {
  readonly #root: XmlElement;
  readonly #placed = new Set<XmlElement>();

  constructor(root: XmlElement) {
    this.#root = root;
  }

  value(field: DraftField, element: XmlElement, value: string, doubts: readonly Doubt[] = []): DraftValue {
    this.#placed.add(element);
    return { field, value, by: 'sender', doubts, place: { kind: 'path', path: element.name } };
  }

  head(): readonly DraftValue[] {
    const [technical] = all(this.#root, 'TechnicalIdentifier');
    const [country, id] = [text(technical, 'Country'), text(technical, 'NationalId')];
    for (const name of ['Country', 'NationalId']) for (const one of all(technical, name)) this.#placed.add(one);
    return [
      ...all(this.#root, 'NameOfAuthority').map((one) => this.value('addressee', one, one.text.trim())),
      ...(technical === undefined ? [] : [this.value('addressee', technical, `${country} ${id}`.trim())]),
      ...all(this.#root, 'EmergencyCase').flatMap((one) => {
        this.#placed.add(one);
        return one.text.trim() === 'true' ? [this.value('emergency', one, 'true', ['meaning'])] : [];
      }),
    ];
  }

  /** Both ten-day boxes can be ticked: then a person asks, and until then the later one counts. */
  deadlines(): readonly DraftValue[] {
    const found = all(this.#root, 'DataProductionInRelationToDeadline');
    const codes = found.map((one) => one.text.trim());
    const both = codes.includes('AS_SOON_AS_POSSIBLE') && codes.includes('AT_THE_END_OF_TEN_DAYS');
    return found.map((one) => this.value('deadline', one, one.text.trim(), both ? ['meaning'] : []));
  }

  /** A date of signature has a zone and no time: it is a day, and stays the day that was written. */
  signatures(): readonly DraftValue[] {
    return ['SectionI', 'SectionJ', 'SectionF', 'SectionG'].flatMap((section) =>
      all(this.#root, section).flatMap((one) => {
        const [type, date] = [all(one, 'Type')[0], all(one, 'Date')[0]];
        if (type === undefined || date === undefined) return [];
        this.#placed.add(date);
        const unvalidated = all(one, 'CaseWithoutValidation').filter((flag) => flag.text.trim() === 'true');
        for (const flag of all(one, 'CaseWithoutValidation')) this.#placed.add(flag);
        const said = `${section}: ${type.text.trim()}, ${date.text.trim().slice(0, 10)}${unvalidated.length > 0 ? ', CaseWithoutValidation' : ''}`;
        return [this.value('approval', type, said)];
      }),
    );
  }

  /** One item for each identifier and each type of data; ranges and blocks have no agreed meaning, and are for a person. */
  evidence(): { readonly items: readonly DraftItem[]; readonly odd: readonly DraftValue[] } {
    const found = all(this.#root, 'Evidence').map((one, index) => this.#one(one, index));
    return { items: found.flatMap(({ items }) => items), odd: found.flatMap(({ odd }) => odd) };
  }

  #one(evidence: XmlElement, index: number): { readonly items: readonly DraftItem[]; readonly odd: readonly DraftValue[] } {
    const [given] = all(evidence, 'Identifier');
    const [categories] = all(evidence, 'DataCategories');
    if (given === undefined || categories === undefined) return { items: [], odd: [] };
    this.#placeAll(given);
    const type = TYPES[text(given, 'Type')];
    const value = text(given, 'Value');
    const id = text(given, 'Id') || `e${index + 1}`;
    if (type === undefined || value === '')
      return { items: [], odd: [this.value('identifier', given, `${text(given, 'Type')} ${value}`.trim(), ['meaning'])] };
    const identifier = { type, value: type === 'phone' ? `+${value.replaceAll(/\D/g, '')}` : value };
    const wanted = Object.keys(CATEGORIES).flatMap((name) =>
      all(categories, name).map((one) => [CATEGORIES[name], one] as const),
    );
    const items = wanted.flatMap(([category, one], place) =>
      category === undefined
        ? []
        : [this.#item(wanted.length === 1 ? id : `${id}.${place + 1}`, { identifier, category, given, wanted: one })],
    );
    return { items, odd: [] };
  }

  #item(
    id: string,
    about: {
      readonly identifier: Identifier;
      readonly category: DataCategory;
      readonly given: XmlElement;
      readonly wanted: XmlElement;
    },
  ): DraftItem {
    const { identifier, category, given, wanted } = about;
    this.#placeAll(wanted);
    const [range] = all(given, 'DateTimeRange');
    const [from, until] = [instant(text(range, 'Start')), instant(text(range, 'End'))];
    const free = ['OtherText', 'Other', 'OtherInformation']
      .flatMap((name) => all(wanted, name))
      .map((one) => one.text.trim())
      .filter((said) => said !== '');
    const options = all(wanted, 'Option').map((one) => one.text.trim());
    const timeless = range !== undefined && (from === undefined || until === undefined);
    const said = [...options, ...free, ...(timeless ? [`${text(range, 'Start')} – ${text(range, 'End')}`] : [])].join('\n');
    const doubts: readonly Doubt[] = [
      // Even with an offset: which zone was meant, the form does not say.
      ...(range === undefined ? [] : (['zone-missing'] as const)),
      ...(free.length === 0 ? [] : (['meaning'] as const)),
    ];
    const period = from === undefined || until === undefined ? {} : { period: { from, until } };
    return {
      item: { id, identifierType: identifier.type, category, ...period },
      ...{ identifier, does: FORMS[this.#root.space] === 'EPOC-PR' ? 'preserve' : 'disclose', by: 'sender', doubts },
      ...(said === '' ? {} : { said }),
      place: { kind: 'path', path: `Evidence ${id}` },
    };
  }

  #placeAll(element: XmlElement): void {
    this.#placed.add(element);
    for (const child of element.children) this.#placeAll(child);
  }

  /** Every text that has no place in the draft, and a warning where section M came along. */
  open(): ImportDraft['open'] {
    const left = leaves(this.#root, '').filter(({ element }) => !this.#placed.has(element));
    const secret = all(this.#root, 'SectionM').length > 0 ? [{ code: 'section-m', path: 'SectionM' }] : [];
    const listed = left.slice(0, MOST_OPEN).map(({ path }) => ({ code: 'unplaced', path }));
    return [...secret, ...listed, ...(left.length > MOST_OPEN ? [{ code: 'too-many', path: '' }] : [])];
  }
}

/** Elements of a name below an element, in their order, whatever their namespace: that is the form's, or the vocabulary's. */
function all(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return (element?.children ?? []).flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)]);
}

function text(element: XmlElement | undefined, name: string): string {
  return all(element, name)[0]?.text.trim() ?? '';
}

function leaves(element: XmlElement, path: string): readonly { readonly element: XmlElement; readonly path: string }[] {
  const at = path === '' ? element.name : `${path}/${element.name}`;
  if (element.children.length === 0) return element.text.trim() === '' ? [] : [{ element, path: at }];
  return element.children.flatMap((child) => leaves(child, at));
}

/** An instant, if the text has a zone; without one it is no instant. */
function instant(written: string): Instant | undefined {
  if (!/T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/.test(written) || Number.isNaN(Date.parse(written)))
    return undefined;
  return toInstant(Date.parse(written));
}
