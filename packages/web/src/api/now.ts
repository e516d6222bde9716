import { useEffect, useState } from 'react';

let ahead = 0;

/** Remembers how far the node's clock is ahead of this computer's: due times are the node's. */
export function keepNodeTime(now: string): void {
  ahead = Date.parse(now) - Date.now();
}

/** The node's time in milliseconds, anew every half minute. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now() + ahead);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now() + ahead), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** The node's time, once. */
export function nodeNow(): number {
  return Date.now() + ahead;
}
