import axe from 'axe-core';

export type Theme = 'light' | 'dark';

/** Rules whose answer a colour scheme can change; all others are asked once. */
const BY_COLOUR = ['color-contrast', 'link-in-text-block'];

export const setTheme = (theme: Theme): void =>
  document.documentElement.setAttribute('data-mantine-color-scheme', theme);

async function violations(rules: string[] | 'all'): Promise<string[]> {
  const { violations } = await axe.run(document, {
    resultTypes: ['violations'],
    preload: false,
    ...(rules === 'all'
      ? { rules: { 'target-size': { enabled: true } } }
      : { runOnly: { type: 'rule' as const, values: rules } }),
  });
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ html, any }) => `${html.slice(0, 160)} ${any[0]?.message ?? ''}`).join(' | ')}`,
  );
}

/** Every rule of axe, with the real colours and sizes, in light; what colours decide, in dark too. */
export async function lookProblems(): Promise<string[]> {
  setTheme('light');
  const light = await violations('all');
  setTheme('dark');
  const dark = await violations(BY_COLOUR);
  return [...light, ...dark.map((problem) => `dark: ${problem}`)];
}

/** Anything wider than the page. */
export function sizeProblems(): string[] {
  const { scrollWidth, clientWidth } = document.scrollingElement ?? document.body;
  if (scrollWidth <= clientWidth) return [];
  return [`wider than the page (${scrollWidth} > ${clientWidth}): ${widest(clientWidth)}`];
}

const widest = (limit: number): string =>
  [...document.body.querySelectorAll('*')]
    .filter((element) => element.getBoundingClientRect().right > limit + 0.5)
    .map((element) => element.outerHTML.slice(0, 100))
    .slice(-3)
    .join(' | ');
