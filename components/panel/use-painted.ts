import { useEffect } from 'react';
import { subjectOf, viewKey } from '../../lib/panel/selectors.ts';
import { usePanel } from './panel-context.ts';

/** Tells the store what the agent can see by now: two frames after the commit, when it has been painted. */
export function usePainted(): void {
  const key = usePanel(({ mirror }) => viewKey(subjectOf(mirror)));
  const markPainted = usePanel((store) => store.markPainted);
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => markPainted(key));
    });
    return () => cancelAnimationFrame(frame);
  }, [key, markPainted]);
}
