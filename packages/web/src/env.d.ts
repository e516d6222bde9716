/// <reference types="vite/client" />

/** The words of the page that works from a file, put together and packed when it is built (vite.offline.config.ts): base64 of raw DEFLATE of JSON. */
declare module 'virtual:offline-words' {
  const packed: string;
  export default packed;
}
