export { buildDatasets, VERSION } from './build.ts';
export { cataloguesFor, RESTRICTED_ZIP3 } from './catalogues.ts';
export { claimsFacts } from './claims-facts.ts';
