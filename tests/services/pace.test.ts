import { expect, it, vi } from 'vitest';
import type { SceneName } from '../../lib/sandbox/index.ts';
import { createPace, REST_MS } from '../../lib/services/pace.ts';
import { createJumpingClock } from '../support/clock.ts';
import { createWorld } from '../support/world.ts';

/** A clock whose pauses of a skipped page end when the test says so. */
function createHeldClock() {
  const clock = createJumpingClock();
  const held: (() => void)[] = [];
  return {
    held,
    clock: {
      ...clock,
      after(ms: number, callback: () => void) {
        if (ms !== REST_MS) return clock.after(ms, callback);
        held.push(callback);
        return () => undefined;
      },
    },
  };
}

it('reads what rested at once, and what is skipped through only when it rests', async () => {
  const { clock, held } = createHeldClock();
  const pace = createPace(clock);
  await pace({ tabId: 1, version: 1 });
  clock.advance(300);
  let isRead = false;
  const reading = pace({ tabId: 1, version: 2 }).then(() => {
    isRead = true;
  });
  // Another tab, and what is said again of the same page, change nothing.
  await pace({ tabId: 2, version: 1 });
  void pace({ tabId: 1, version: 2 });
  expect(isRead).toBe(false);
  expect(held).toHaveLength(2);
  held[0]?.();
  await reading;
  clock.advance(1_000);
  await pace({ tabId: 1, version: 3 });
});

it('an agent who skips through tickets is charged for the first and the last', async () => {
  const { clock, held } = createHeldClock();
  const world = await createWorld({ clock });
  await world.connect();
  const tabId = await world.openTab('https://app.atera.com/new/dashboard');
  await world.send('getPanelState', { tabId });
  clock.advance(5_000);
  const scenes: SceneName[] = ['differing', 'several', 'none', 'main'];
  for (const scene of scenes) {
    await world.navigate(tabId, world.ticketUrl(scene));
    // The page is known, and either read or waiting.
    await vi.waitFor(() => {
      const isShown = world.states.some(
        ({ page }) => page.kind === 'subject' && page.view.subject.id === world.subjectOfTicket(scene).id,
      );
      if (!isShown) throw new Error('Not shown yet');
    });
  }
  await vi.waitFor(() => expect(held.length).toBeGreaterThanOrEqual(scenes.length - 1));
  for (const release of held) release();
  await vi.waitFor(() => expect(ticketsRead()).toContain(world.subjectOfTicket('main').id));
  expect(new Set(ticketsRead())).toEqual(
    new Set([world.subjectOfTicket('differing').id, world.subjectOfTicket('main').id]),
  );

  function ticketsRead(): string[] {
    return world.sandbox.log.flatMap(({ path }) => /\/tickets\/(\d+)$/u.exec(path)?.[1] ?? []);
  }
});
