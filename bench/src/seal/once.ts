import { closeSync, openSync, readFileSync } from 'node:fs';
import { fileSink, fileSource, parseIdentities, parseRecipients, sealInto, unsealInto } from '@comity/seal/file-to-file';
import { spend } from '../measure.ts';

// A fresh process, as `ours.ts` starts it: `seal` or `unseal`, a file, another, a file of recipients or identities. Writes what the work took, from the
// open files to their last byte, as JSON.
const [what = '', from = '', to = '', key = ''] = process.argv.slice(2);

const text = readFileSync(key, 'utf8');
const keys = what === 'seal' ? parseRecipients(text) : parseIdentities(text);
if (!keys.ok) throw new Error(keys.refusal.code);
const [input, output] = [openSync(from, 'r'), openSync(to, 'w', 0o600)];
const flow = { source: fileSource(input), sink: fileSink(output) };
const spent = await spend(async () => {
  const done = what === 'seal' ? await sealInto(flow, keys.value) : await unsealInto(flow, keys.value);
  if (!done.ok) throw new Error(done.refusal.code);
});
closeSync(input);
closeSync(output);
process.stdout.write(JSON.stringify({ work: spent, rss: process.resourceUsage().maxRSS / 1024 }));
