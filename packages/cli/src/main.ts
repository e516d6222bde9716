import { fail } from './output.ts';
import { programOf } from './program.ts';

await programOf().parseAsync(process.argv).catch(fail);
