import { browser } from './browser.ts';
import type { Clock } from './clock.ts';

/** Calls back when it is time, also where the background was stopped meanwhile. One time at once: a new one takes the place of the last. */
export interface Wake {
  /** Epoch ms; null when nothing is waited for. */
  at(time: number | null): void;
}

const NAME = 'jobs';
/** Browsers fire no alarm earlier than this. */
const ALARM_MS = 30_000;

/**
 * A timer for as long as the background lives, and an alarm for when it does not. Call it in the first turn of the background: an
 * alarm that starts it is told to whoever listens then. `onTime` may be called early or twice, and when the network is back.
 */
export function createWake(clock: Clock, onTime: (why: 'time' | 'online') => void): Wake {
  let stop = (): void => undefined;
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === NAME) onTime('time');
  });
  globalThis.addEventListener?.('online', () => onTime('online'));
  return {
    at(time) {
      stop();
      if (time === null) {
        stop = () => undefined;
        // Nothing rings while nothing waits.
        void browser.alarms.clear(NAME);
        return;
      }
      const delay = Math.max(0, time - clock.now());
      stop = clock.after(delay, () => onTime('time'));
      browser.alarms.create(NAME, { when: clock.now() + Math.max(ALARM_MS, delay) });
    },
  };
}
