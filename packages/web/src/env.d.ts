/// <reference types="vite/client" />

/** The words of the page that works from a file, in the order of LANGUAGES, put together when it is built (vite.offline.config.ts). */
declare module 'virtual:offline-words' {
  import type { Message } from './offline/fill.ts';

  const words: Readonly<Record<string, readonly Message[]>>;
  export default words;
}
