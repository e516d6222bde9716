export { CASE_FILE_LIMIT, readCaseFile, writeCaseFile } from './case-file.ts';
export { nodeHashes, sourceOfFile } from './container-hashes.ts';
export {
  type DestroyedCopy,
  type DestructionDocument,
  type DestructionMethod,
  destructionCertificatePdf,
} from './destruction-certificate-pdf.ts';
export { type MemoDocument, type MemoRegime, memoPdf } from './memo-pdf.ts';
export { type OrderDocument, type OrderItem, orderPdf } from './order-pdf.ts';
export { WORDS, type WordKey, type Words } from './words.ts';
