import { useEffect, useRef } from 'react';

/**
 * Where the keyboard goes on when what was pressed is gone with its page: to the way back, else to the heading. Does nothing when the
 * change came from elsewhere and the panel does not have the keyboard.
 */
export function useLanding(key: string): void {
  const last = useRef(key);
  useEffect(() => {
    const isOther = last.current !== key;
    last.current = key;
    if (!isOther || !document.hasFocus() || document.activeElement !== document.body) return;
    const landing =
      document.querySelector<HTMLElement>('main [data-landing]') ??
      document.querySelector<HTMLElement>('main h1');
    if (!landing) return;
    if (landing.tabIndex < 0) landing.tabIndex = -1;
    landing.focus();
  }, [key]);
}
