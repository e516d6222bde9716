import './offline.css';
import { type Answer, check, type Question } from './check.ts';
import { showPage } from './page.ts';
import { unpackWords } from './words.ts';

// One script is both: the page, and the worker that checks while the page stays alive.
if (typeof document === 'undefined') {
  self.onmessage = async ({ data }: MessageEvent<Question>) => {
    const answer = await check(data).catch((): Answer => ({ kind: 'failed' }));
    self.postMessage(answer);
  };
} else {
  const script = document.currentScript?.textContent ?? '';
  void unpackWords().then(() => showPage(script));
}
