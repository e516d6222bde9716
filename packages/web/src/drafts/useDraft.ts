import { useCallback, useEffect, useRef, useState } from 'react';
import { dropDraft, findDraft, keepDraft } from './vault.ts';

export interface Draft<T> {
  /** Which form's it is. */
  readonly name: string;
  /** False until it is known whether there is a draft: a form must not show before. */
  readonly ready: boolean;
  readonly value: T;
  readonly set: (value: T) => void;
  /** When it was last kept on this computer. */
  readonly keptAt: number | undefined;
  /** Whether what stands in the form now is what is kept. */
  readonly kept: boolean;
  readonly drop: () => void;
  /** Puts something that came from elsewhere into the form, if it is a draft of it; whether it was. */
  readonly offer: (draft: unknown) => boolean;
}

/**
 * A form's content that outlives a reload. Every change is kept at once; while one is being kept, only the latest of those that follow
 * is kept next. `read` checks what was kept against what the form understands now.
 */
export function useDraft<T>(name: string, start: T, read: (kept: unknown) => T | undefined): Draft<T> {
  const [state, setState] = useState<{ readonly ready: boolean; readonly value: T }>({ ready: false, value: start });
  const [saved, setSaved] = useState<{ readonly at: number; readonly value: T }>();
  const keeper = useRef<Keeper<T>>(undefined);
  const reader = useRef(read);
  useEffect(() => {
    let alive = true;
    keeper.current = keeperOf<T>(name, (value) => alive && setSaved({ at: Date.now(), value }));
    void findDraft(name).then((kept) => {
      const value = kept === undefined ? undefined : reader.current(kept);
      if (alive) setState((before) => ({ ready: true, value: value ?? before.value }));
    });
    return () => {
      alive = false;
    };
  }, [name]);
  const set = useCallback((value: T): void => {
    setState({ ready: true, value });
    keeper.current?.keep(value);
  }, []);
  const drop = useCallback((): void => keeper.current?.drop(), []);
  const offer = useCallback(
    (given: unknown): boolean => {
      const value = reader.current(given);
      if (value !== undefined) set(value);
      return value !== undefined;
    },
    [set],
  );
  return { ...state, name, set, drop, offer, keptAt: saved?.at, kept: saved !== undefined && saved.value === state.value };
}

interface Keeper<T> {
  readonly keep: (value: T) => void;
  readonly drop: () => void;
}

function keeperOf<T>(name: string, kept: (value: T) => void): Keeper<T> {
  let next: { readonly value: T } | undefined;
  let busy = false;
  let dropped = false;
  const run = async (): Promise<void> => {
    busy = true;
    while (next !== undefined) {
      const { value } = next;
      next = undefined;
      await keepDraft(name, value);
      kept(value);
    }
    busy = false;
    if (dropped) dropDraft(name);
  };
  return {
    keep: (value) => {
      next = { value };
      dropped = false;
      if (!busy) void run();
    },
    drop: () => {
      next = undefined;
      dropped = true;
      dropDraft(name);
    },
  };
}
