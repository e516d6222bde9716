import './offline.css';
import { type Answer, check, type Question } from './check.ts';
import { showPage } from './page.ts';

// One script is both: the page, and the worker that checks while the page stays alive.
if (typeof document === 'undefined') {
  self.onmessage = async ({ data }: MessageEvent<Question>) => {
    const answer = await check(data).catch((): Answer => ({ kind: 'failed' }));
    self.postMessage(answer);
  };
} else {
  showPage(document.currentScript?.textContent ?? '');
}
