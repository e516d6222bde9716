/** The door for whoever only minimises: the package's other doors load checks of numbers of many countries, which take longer than small files. */
export { formatOf, type SourceFormat } from '../catalogue.ts';
export { lookAtSource, type SourceHead } from '../check-source.ts';
export { isTable, lookAtTable, readTrinoTable, type TableHead, type TableSeen, type TrinoTable } from '../engines/trinoTable.ts';
export { ExtractRefused, type Keys } from '../extract.ts';
export { type Minimisation, type MinimisePreview, minimise, previewMinimise } from './minimise.ts';
export { type MinimiseItem, type MinimisePlan, minimiseDigest, minimiseNeeds } from './plan.ts';
export { KEY_REF } from './readColumns.ts';
export { readMinimisePlan } from './readPlan.ts';
export type { MinimiseReport } from './report.ts';
