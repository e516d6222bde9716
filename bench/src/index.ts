export { BENCHES } from './list.ts';
export { type Bench, comparison, type Figure, type Peer, type Sheet } from './sheet.ts';
