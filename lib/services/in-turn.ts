/** Work of the same name, one after the other: what reads, decides and stores is never overtaken in between. */
export function createTurns(): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const result = (last.get(name) ?? Promise.resolve()).then(work);
    // A failure is for whoever asked; the next one has its turn all the same.
    const over = result.then(
      () => undefined,
      () => undefined,
    );
    last.set(name, over);
    return result;
  };
}
