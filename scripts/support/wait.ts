export interface WaitOptions {
  timeoutMs?: number;
  intervalMs?: number;
}

type Truthy<T> = Exclude<T, null | undefined | false | 0 | ''>;

/** Polls until `condition` yields something truthy and returns it; the error says what was waited for. */
export async function waitFor<T>(
  what: string,
  condition: () => T | Promise<T>,
  { timeoutMs = 20_000, intervalMs = 50 }: WaitOptions = {},
): Promise<Truthy<T>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value) return value as Truthy<T>;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
  }
}
