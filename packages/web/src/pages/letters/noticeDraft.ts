import { isJsonObject } from '@comity/core';
import { NOTICE_LANGUAGES } from '@comity/formats/letters/document';
import type { ActView, CaseView, ItemView } from '@comity/node/api';
import type { NoticeWish } from '../../api/letters.ts';

/** What is keyed for a notice. Nothing is chosen beforehand: whom it is about, a person says. */
export interface NoticeDraft {
  readonly language: string;
  readonly name: string;
  readonly address: string;
  readonly items: readonly string[];
  readonly court: string;
  readonly limit: string;
  readonly how: string;
  readonly contact: string;
  readonly delay: string;
}

const TEXTS = ['language', 'name', 'address', 'court', 'limit', 'how', 'contact', 'delay'] as const;
/** What no letter goes out without. */
const NEEDED = ['language', 'name', 'court', 'limit', 'how', 'contact'] as const;

export const EMPTY_NOTICE: NoticeDraft = {
  language: '',
  name: '',
  address: '',
  items: [],
  court: '',
  limit: '',
  how: '',
  contact: '',
  delay: '',
};

/** A kept draft, if it has the form's shape. */
export function readNotice(kept: unknown): NoticeDraft | undefined {
  if (!isJsonObject(kept) || !Array.isArray(kept['items'])) return undefined;
  const sound = TEXTS.every((name) => typeof kept[name] === 'string') && kept['items'].every((id) => typeof id === 'string');
  // Parser: every member has been checked to be a text of the form's own.
  return sound ? (kept as unknown as NoticeDraft) : undefined;
}

/** Items that a letter can name: those whose identifier this office sees. */
export function namedItems(view: Pick<CaseView, 'items'>): readonly ItemView[] {
  return view.items.filter(({ item, identifier }) => identifier !== undefined && item.category !== 'records');
}

/** What is still missing, by its field. */
export function noticeFaults(draft: NoticeDraft): Readonly<Record<string, string>> {
  const missing = NEEDED.filter((name) => draft[name].trim() === '').map((name) => [`notice.${name}`, 'field-missing'] as const);
  return Object.fromEntries([...missing, ...(draft.items.length === 0 ? [['notice.items', 'field-missing'] as const] : [])]);
}

/** What the node is asked to write. Call only without faults. */
export function wishOf(draft: NoticeDraft): NoticeWish | undefined {
  const language = NOTICE_LANGUAGES.find((one) => one === draft.language);
  if (language === undefined) return undefined;
  const [name, address, court, limit, how, contact, delay] = (
    ['name', 'address', 'court', 'limit', 'how', 'contact', 'delay'] as const
  ).map((field) => draft[field].trim());
  return {
    language,
    person: { name: name ?? '', ...(address === '' || address === undefined ? {} : { address }) },
    items: draft.items,
    remedies: { court: court ?? '', limit: limit ?? '', how: how ?? '' },
    contact: contact ?? '',
    ...(delay === '' || delay === undefined ? {} : { delay }),
  };
}

/** The act by which a letter was said to go out, if there was one. */
export function sentLetter(view: Pick<CaseView, 'acts'>): { readonly act: ActView; readonly digest: string } | undefined {
  const act = view.acts.findLast(({ type, verdict }) => type === 'inform-person' && verdict === 'counted');
  const digest = act?.data['letter'];
  return act !== undefined && typeof digest === 'string' ? { act, digest } : undefined;
}

/** The reasons for which the notice was put off, and the day on which somebody looks again. */
export function delayOf(view: Pick<CaseView, 'acts'>): { readonly reason: string; readonly again: string } | undefined {
  const act = view.acts.findLast(({ type, verdict }) => type === 'delay-notice' && verdict === 'counted');
  if (act === undefined) return undefined;
  const said = act.sections['reason'];
  const reason = isJsonObject(said) && typeof said['text'] === 'string' ? said['text'] : '';
  return { reason, again: String(act.data['checkAgain'] ?? '') };
}
