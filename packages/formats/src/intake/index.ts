export {
  DOUBTS,
  type Doubt,
  DRAFT_FIELDS,
  type DraftField,
  type DraftItem,
  type DraftPlace,
  type DraftValue,
  type ImportDraft,
  OPEN_CODES,
} from './draft.ts';
export { draftFromFile, FILE_KINDS, type FileKind } from './draft-file.ts';
export { draftFromOrder } from './draft-order.ts';
