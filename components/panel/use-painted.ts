import { useEffect } from 'react';
import { subjectOf, viewKey } from '../../lib/panel/selectors.ts';
import { usePanel } from './panel-context.ts';

/** A hidden page gets no frames; nobody can press anything there, and it must not stay off for good. */
const WITHOUT_FRAMES_MS = 300;

/** Tells the store what the agent can see by now: two frames after the commit, when it has been painted. */
export function usePainted(): void {
  const key = usePanel(({ mirror }) => viewKey(subjectOf(mirror)));
  const markPainted = usePanel((store) => store.markPainted);
  useEffect(() => {
    const mark = (): void => markPainted(key);
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(mark);
    });
    const timer = setTimeout(mark, WITHOUT_FRAMES_MS);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [key, markPainted]);
}
