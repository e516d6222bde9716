export { MLA_GAPS, type MlaDocument, type MlaGap, mlaGaps, mlaPdf, mlaPrint } from './mla.ts';
export { MLA_WORDS, type MlaWords } from './mla-words.ts';
export {
  NOTICE_CODE_DIGITS,
  type NoticeDocument,
  noticeCode,
  noticeDigest,
  noticePdf,
  noticePrint,
  noticeText,
} from './notice.ts';
export { type NoticePageKey, noticePageWords } from './notice-page-words.ts';
export { NOTICE_LANGUAGES, type NoticeLanguage, noticeWords } from './notice-words.ts';
