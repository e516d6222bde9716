import type { Sheet } from '../sheet.ts';
import type { Cluster } from './cluster.ts';

/** A measurement on a cluster of two workers, given a folder of its own. It may kill one worker, and leaves two. */
export type ClusterPart = (dir: string, cluster: Cluster) => Promise<Omit<Sheet, 'versions'>>;
