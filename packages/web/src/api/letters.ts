import type { MlaDocument, MlaGap, NoticeDocument } from '@comity/formats/letters/document';
import { queryOptions } from '@tanstack/react-query';
import { ask, askFile } from './client.ts';

const pathOf = (caseId: string): string => `/api/cases/${encodeURIComponent(caseId)}`;

/** What the node needs to write a notice, besides the case. */
export type NoticeWish = Pick<NoticeDocument, 'language' | 'person' | 'remedies' | 'contact' | 'delay'> & {
  readonly items: readonly string[];
};

export interface WrittenNotice {
  readonly document: NoticeDocument;
  readonly digest: string;
  readonly text: string;
}

/** Writes a notice; nothing is sent or logged by it. */
export const writeNotice = (caseId: string, wish: NoticeWish) => ask<WrittenNotice>('POST', `${pathOf(caseId)}/notice`, wish);

export const printNotice = (caseId: string, document: NoticeDocument) => askFile(`${pathOf(caseId)}/notice.pdf`, document);

export interface WrittenRequest {
  readonly document: MlaDocument;
  readonly gaps: readonly MlaGap[];
}

/** In which language the letter is written, and in which the answer is asked for. */
export interface RequestAsk {
  readonly lang: string;
  readonly answer: string;
}

const searchOf = ({ lang, answer }: RequestAsk): string =>
  String(new URLSearchParams({ lang, ...(answer.trim() === '' ? {} : { answer: answer.trim() }) }));

/** The request of a case of mutual assistance, and what it lacks. */
export const requestLetter = (caseId: string, wanted: RequestAsk) =>
  queryOptions({
    queryKey: ['letter', caseId, wanted],
    queryFn: () => ask<WrittenRequest>('GET', `${pathOf(caseId)}/letter?${searchOf(wanted)}`),
    placeholderData: (before) => before,
    retry: false,
  });

export const requestPdfPath = (caseId: string, wanted: RequestAsk): string => `${pathOf(caseId)}/letter.pdf?${searchOf(wanted)}`;
