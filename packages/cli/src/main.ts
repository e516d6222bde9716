import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

// Compiled once, started in half the time. In the user's own folder: whoever may write there could also change the program.
enableCompileCache(join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'comity'));

const { fail } = await import('./output.ts');
const { programOf } = await import('./program.ts');
const program = await programOf(process.argv[2]);
await program.parseAsync(process.argv).catch(fail);
