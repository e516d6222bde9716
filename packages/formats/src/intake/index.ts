export {
  DOUBTS,
  type Doubt,
  DRAFT_FIELDS,
  type DraftField,
  type DraftItem,
  type DraftPlace,
  type DraftValue,
  type ImportDraft,
} from './draft.ts';
export { draftFromOrder } from './draft-order.ts';
