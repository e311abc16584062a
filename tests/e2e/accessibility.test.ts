import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyInput } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPreview, type Preview } from './preview.ts';

/** With a folder here, pictures of every scene are left in it. */
const { SCENE_PICTURES } = process.env;
const WIDE = 360;
const NARROW = 280;

/** Each scene is shown once, looked at, and then walked through. */
const problems = { look: [] as string[], keyboard: [] as string[] };
let preview: Preview;

beforeAll(async () => {
  preview = await openPreview();
  for (const name of preview.names) {
    problems.look.push(...(await look(name)));
    problems.keyboard.push(...(await walk(name)));
  }
}, 420_000);
afterAll(() => preview?.close());

it('axe finds nothing in any state, in light and dark, and nothing is wider than the panel', () => {
  expect(preview.names.length).toBeGreaterThan(100);
  expect(problems.look).toEqual([]);
});

it('the keyboard reaches everything that can be used, and shows where it is', () => {
  expect(problems.keyboard).toEqual([]);
});

async function look(name: string): Promise<string[]> {
  const { page, setWidth } = preview;
  await setWidth(WIDE);
  await page.evaluate((scene) => window.preview.show(scene), name);
  const wide = await page.evaluate(() => window.preview.sizeProblems());
  // Where the room is tight, everything is asked: whatever is too small or covered is so here first.
  await setWidth(NARROW);
  const narrow = await page.evaluate(async () => [
    ...window.preview.sizeProblems(),
    ...(await window.preview.lookProblems()),
  ]);
  await picture(name, 'light', WIDE);
  await picture(name, 'dark', WIDE);
  await picture(name, 'light', NARROW);
  return [
    ...wide.map((problem) => `${name}: ${problem}`),
    ...narrow.map((problem) => `${name}, ${NARROW} px: ${problem}`),
  ];
}

/** Goes through everything by Tab, and through what one stop of Tab stands for by arrows. */
async function walk(name: string): Promise<string[]> {
  const { page } = preview;
  const press = async (key: KeyInput, times: number): Promise<void> => {
    await Promise.all(Array.from({ length: times }, () => page.keyboard.press(key)));
  };
  const stops = await page.evaluate(() => window.preview.startWalk());
  if (stops === null) return [];
  await press('Tab', stops);
  for (let index = 0; ; index += 1) {
    const group = await page.evaluate((nth) => window.preview.enterGroup(nth), index);
    if (!group) break;
    await press(group.key, group.count);
  }
  const { missed, unmarked } = await page.evaluate(() => window.preview.endWalk());
  return [
    ...(missed.length > 0 ? [`${name}: not reached: ${missed.join(', ')}`] : []),
    ...(unmarked.length > 0 ? [`${name}: the focus is not seen on ${unmarked.join(', ')}`] : []),
  ];
}

async function picture(name: string, theme: 'light' | 'dark', width: number): Promise<void> {
  if (!SCENE_PICTURES) return;
  const { page } = preview;
  mkdirSync(SCENE_PICTURES, { recursive: true });
  await page.evaluate((chosen) => window.preview.setTheme(chosen), theme);
  await page.setViewport({ width, height: 480 });
  const path = join(SCENE_PICTURES, `${name}-${theme}-${width}.png`) as `${string}.png`;
  await page.screenshot({ path, fullPage: true });
}
