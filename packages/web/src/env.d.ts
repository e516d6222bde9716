/// <reference types="vite/client" />

/** The words of the page that works from a file, put together when it is built (vite.offline.config.ts). */
declare module 'virtual:offline-words' {
  import type { Messages } from '@lingui/core';

  const compiled: Readonly<Record<'en' | 'fr' | 'ar', Messages>>;
  export default compiled;
}
