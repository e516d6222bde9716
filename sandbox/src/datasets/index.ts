export { buildDatasets, type DatasetFiles } from './build.ts';
export { type Catalogues, cataloguesFor, RESTRICTED_ZIP3 } from './catalogues.ts';
export { type ClaimsFacts, claimsFacts } from './claims-facts.ts';
export { STORY_ACCOUNTS } from './provider-sql.ts';
