export {
  MLA_GAPS,
  type MlaDocument,
  type MlaGap,
  NOTICE_CODE_DIGITS,
  NOTICE_LANGUAGES,
  type NoticeDocument,
  type NoticeLanguage,
  noticeCode,
} from './document.ts';
export { mlaGaps, mlaPdf, mlaPrint } from './mla.ts';
export { MLA_WORDS, type MlaWords } from './mla-words.ts';
export { noticeDigest, noticePdf, noticePrint, noticeText } from './notice.ts';
export { type NoticePageKey, noticePageWords } from './notice-page-words.ts';
export { noticeWords } from './notice-words.ts';
