import { AppError } from '../errors.ts';

/**
 * Whether anything may still be sent for an account. Whoever was handed a client keeps it, also after the account was disconnected:
 * the client asks here right before every request.
 */
export interface Gates {
  /** For the client of the account that is kept under this scope. Throws `not_connected` once nothing may be sent. */
  admit(scope: string, isRead: boolean): void;
  /**
   * Refuses new writes at once. What has sent a write already may finish, so that its result is known; then nothing is sent any more.
   */
  close(scopes: readonly string[]): Promise<void>;
  /** The accounts stay after all. */
  reopen(scopes: readonly string[]): void;
  /** Work that may write. */
  during<T>(work: () => Promise<T>): Promise<T>;
}

export function createGates(): Gates {
  const states = new Map<string, 'closing' | 'closed'>();
  const running = new Set<Promise<unknown>>();
  /** Something that still runs has sent a write. */
  let hasWritten = false;

  return {
    admit(scope, isRead) {
      const state = states.get(scope);
      if (state === 'closed' || (state === 'closing' && !isRead)) throw new AppError('not_connected');
      if (!isRead && running.size > 0) hasWritten = true;
    },
    async close(scopes) {
      for (const scope of scopes) states.set(scope, 'closing');
      if (hasWritten) await Promise.allSettled([...running]);
      for (const scope of scopes) if (states.has(scope)) states.set(scope, 'closed');
    },
    reopen(scopes) {
      for (const scope of scopes) states.delete(scope);
    },
    async during(work) {
      const result = work();
      running.add(result);
      try {
        return await result;
      } finally {
        running.delete(result);
        if (running.size === 0) hasWritten = false;
      }
    },
  };
}
