import { writeSync } from 'node:fs';
// Not by the node's public door: it brings the whole node, and this program is started a thousand times.
import { openPostgres } from '../../../packages/node/src/postgres/server.ts';

// A process that owns the private PostgreSQL of a folder, so that both can be killed: tells the address of its databases (NAME stands for the
// database), then waits.
//
//	node server.ts FOLDER
const server = await openPostgres(process.argv[2] ?? '', undefined);
writeSync(1, `${server.url('NAME')}\n`);
process.once('SIGTERM', () => void server.stop().then(() => process.exit(0)));
setInterval(() => undefined, 60_000);
