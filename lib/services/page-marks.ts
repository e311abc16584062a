import type { PageTemplate } from '../core/page-template.ts';
import { pageTemplates } from '../platform/storage.ts';

export interface PageMarks {
  /** Pages with this address are about this kind from now on. */
  add(mark: PageTemplate): Promise<void>;
  remove(template: string): Promise<void>;
}

/** What agents have said of unknown pages. One change at a time: two panels may mark at once. */
export function createPageMarks(): PageMarks {
  let queue: Promise<unknown> = Promise.resolve();
  const change = (next: (known: PageTemplate[]) => PageTemplate[]): Promise<void> => {
    const work = async (): Promise<void> => pageTemplates.setValue(next(await pageTemplates.getValue()));
    const result = queue.then(work, work);
    queue = result.catch(() => undefined);
    return result;
  };
  return {
    add: (mark) => change((known) => [...known.filter(({ template }) => template !== mark.template), mark]),
    remove: (template) => change((known) => known.filter((mark) => mark.template !== template)),
  };
}
