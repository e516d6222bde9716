import './offline.css';
import { check, type Question } from './check.ts';
import { showPage } from './page.ts';

// One script is both: the page, and the worker that checks while the page stays alive.
if (typeof document === 'undefined') {
  self.onmessage = async ({ data }: MessageEvent<Question>) => self.postMessage(await check(data));
} else {
  showPage(document.currentScript?.textContent ?? '');
}
