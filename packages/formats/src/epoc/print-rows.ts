import { code, type Line, plain, type Section } from '../print.ts';
import type { Words } from '../words.ts';
import { wallClock } from '../zoned.ts';
import type { FormAuthority, FormItem, SectionA, SectionB } from './form.ts';
import type { FormWordKey, FormWords } from './words.ts';

type Row = { readonly label: string; readonly lines: readonly Line[] };

/** A row of a section; none where nothing stands in it. */
export function row(words: FormWords, key: FormWordKey, value: string | readonly Line[] | undefined): readonly Row[] {
  if (value === undefined || value.length === 0) return [];
  return [{ label: words[key], lines: typeof value === 'string' ? [plain(value)] : value }];
}

/** A section under its letter. */
export function lettered(
  words: FormWords,
  about: { readonly letter: string; readonly heading: FormWordKey },
  rows: readonly Row[],
): Section {
  return { kind: 'pairs', heading: `${about.letter} · ${words[about.heading]}`, rows };
}

/** A box, ticked or not: every box of a list is printed, as on paper. */
export function boxes(labels: readonly { readonly text: string; readonly ticked: boolean }[]): readonly Line[] {
  return labels.map(({ text, ticked }) => plain(`${ticked ? '✓' : '○'} ${text}`));
}

export function sectionA(a: SectionA, words: FormWords): Section {
  return lettered(words, { letter: 'A', heading: 'heading.authorities' }, [
    ...row(words, 'label.state', a.state),
    ...row(words, 'label.issuing', a.issuing),
    ...row(words, 'label.validating', a.validating),
    ...row(words, 'label.issuing-file', [code(a.issuingFile)]),
    ...row(words, 'label.validating-file', a.validatingFile === undefined ? undefined : [code(a.validatingFile)]),
  ]);
}

export function sectionB(b: SectionB, words: FormWords): Section {
  const kinds = (['designated-establishment', 'legal-representative', 'other-in-emergency'] as const).map((kind) => ({
    text: words[`addressee.${kind}`],
    ticked: b.kind === kind,
  }));
  return lettered(words, { letter: 'B', heading: 'heading.addressee' }, [
    ...row(words, 'label.addressee', b.addressee),
    ...row(words, 'label.kind', boxes(kinds)),
    ...row(words, 'label.because', b.because === undefined ? undefined : words[`because.${b.because}`]),
    ...row(words, 'label.address', b.address),
    ...row(words, 'label.contact', b.contact),
    ...row(words, 'label.provider', b.provider),
    ...row(words, 'label.technical', b.technicalId === undefined ? undefined : `${b.technicalId.country} ${b.technicalId.id}`),
  ]);
}

/** Identifiers with their period on the wall clock of their zone and in UTC, and what is wanted of each. */
export function itemsSection(
  items: readonly FormItem[],
  heading: string,
  words: { readonly general: Words; readonly form: FormWords },
): Section {
  const { general, form } = words;
  const columns = [
    { label: general.texts['item.number'], width: 0.5 },
    { label: general.texts['item.identifier'], width: 2.4 },
    { label: general.texts['item.period'], width: 2.6 },
    { label: general.texts['item.category'], width: 2.4 },
  ];
  const rows = items.map((item) => [
    [plain(item.id)],
    [plain(general.texts[`identifier.${item.identifier.type}`]), code(item.identifier.value)],
    periodLines(item, general),
    [
      plain(general.texts[`category.${item.category}`]),
      ...item.options.map((option) => plain(`✓ ${form[`option.${option}`]}`)),
      ...(item.other === undefined ? [] : [plain(item.other)]),
    ],
  ]);
  return { kind: 'listing', heading, columns, rows };
}

function periodLines({ period, zone }: FormItem, { texts }: Words): readonly Line[] {
  if (period === undefined) return [plain(texts['item.no-period'])];
  const labels = { from: texts['period.from'], until: texts['period.until'] };
  const utc: readonly Line[] = [
    { text: `${wallClock(period.from, 'UTC')} UTC`, style: 'minor', label: labels.from },
    { text: `${wallClock(period.until, 'UTC')} UTC`, style: 'minor', label: labels.until },
  ];
  if (zone === undefined || zone === 'UTC') return utc;
  return [
    { text: wallClock(period.from, zone), style: 'time', label: labels.from },
    { text: wallClock(period.until, zone), style: 'time', label: labels.until },
    { text: zone, style: 'minor' },
    ...utc,
  ];
}

/** Who signs: an authority, its representative, and the day; and that the place of the signature is empty until somebody signs. */
export function authoritySection(
  authority: FormAuthority & { readonly withoutValidation?: boolean },
  about: { readonly letter: string; readonly heading: FormWordKey },
  words: FormWords,
): Section {
  const types = (['judge', 'prosecutor', 'other'] as const).map((type) => ({
    text: words[`authority.${type}`],
    ticked: authority.type === type,
  }));
  return lettered(words, about, [
    ...row(words, 'label.type', boxes(types)),
    ...row(words, 'label.name', authority.name),
    ...row(words, 'label.representative', `${authority.representative}, ${authority.post}`),
    ...row(words, 'label.reference', [code(authority.reference)]),
    ...row(words, 'label.address', authority.address),
    ...row(words, 'label.contact', [code(authority.phone), code(authority.email), plain(authority.languages.join(', '))]),
    ...(authority.withoutValidation === true ? row(words, 'label.without-validation', words['value.without-validation']) : []),
    ...row(words, 'label.signed-on', authority.signedOn),
    ...row(words, 'label.signature', words['value.signature']),
  ]);
}
