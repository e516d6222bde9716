import { useCallback, useEffect, useRef, useState } from 'react';
import { dropDraft, findDraft, keepDraft } from './vault.ts';

const PAUSE = 250;

export interface Draft<T> {
  /** False until it is known whether there is a draft: a form must not show before. */
  readonly ready: boolean;
  readonly value: T;
  readonly set: (value: T) => void;
  /** When it was last kept on this computer. */
  readonly keptAt: number | undefined;
  readonly drop: () => void;
}

/** A form's content that outlives a reload. `read` checks what was kept against what the form understands now. */
export function useDraft<T>(name: string, start: T, read: (kept: unknown) => T | undefined): Draft<T> {
  const [state, setState] = useState<{ readonly ready: boolean; readonly value: T }>({ ready: false, value: start });
  const [keptAt, setKeptAt] = useState<number>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const reader = useRef(read);
  useEffect(() => {
    let alive = true;
    void findDraft(name).then((kept) => {
      const value = kept === undefined ? undefined : reader.current(kept);
      if (alive) setState((before) => ({ ready: true, value: value ?? before.value }));
    });
    return () => {
      alive = false;
    };
  }, [name]);
  const set = useCallback(
    (value: T): void => {
      setState({ ready: true, value });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void keepDraft(name, value).then(() => setKeptAt(Date.now())), PAUSE);
    },
    [name],
  );
  const drop = useCallback((): void => {
    clearTimeout(timer.current);
    dropDraft(name);
  }, [name]);
  return { ...state, set, keptAt, drop };
}
