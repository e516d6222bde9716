import { type Operator, openOperator } from '@comity/node/beside';
import type { NodeSettings } from './config.ts';
import { openDatabase } from './database.ts';

/** Does something as the operator of a node, on its database, beside the node or while it is down. */
export async function asOperator<T>(settings: NodeSettings, work: (operator: Operator) => Promise<T>): Promise<T> {
  const database = await openDatabase(settings);
  try {
    const operator = openOperator({ ...settings, databaseUrl: database.url });
    try {
      return await work(operator);
    } finally {
      await operator.close();
    }
  } finally {
    await database.stop();
  }
}
