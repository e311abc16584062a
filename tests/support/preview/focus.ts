const INTERACTIVE = 'a[href], button, input, select, textarea, summary, [tabindex]';
/** One press of Tab may stay within such an input: it has a part for each of day, month, year, hour … */
const DATE_PARTS = 8;

interface Walk {
  /** Everything on screen that can be operated and is not off, with how it looks without focus. */
  wanted: Map<Element, string>;
  reached: Set<Element>;
  /** Reached, and looked as before. */
  unmarked: Set<Element>;
}

let walk: Walk | undefined;
/** What was walked through already: the same controls in the same order need no second walk. */
const walked = new Set<string>();

const isVisible = (element: Element): boolean =>
  element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 0;

/** Focusable by code alone; unlike a tab, which arrow keys reach. */
const isPassive = (element: Element): boolean =>
  element.getAttribute('tabindex') === '-1' && element.getAttribute('role') !== 'tab';

const isRadio = (element: Element): boolean => element.matches('input[type="radio"]');
const needsArrows = (element: Element): boolean => element.getAttribute('role') === 'tab' || isRadio(element);

const labelOf = (element: Element): string => {
  const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : element.textContent;
  return `${element.tagName.toLowerCase()} “${(element.getAttribute('aria-label') ?? label ?? '').trim().slice(0, 60)}”`;
};

/** What may draw the sign of focus: the element itself, its box around, or the drawn control beside a hidden input. */
const lookOf = (element: Element): string =>
  [element, element.parentElement, element.nextElementSibling]
    .map((part) => {
      if (!part) return '';
      const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor } = getComputedStyle(part);
      return [
        outlineStyle === 'none' ? '' : `${outlineWidth} ${outlineColor}`,
        boxShadow,
        borderColor,
      ].join();
    })
    .join('/');

document.addEventListener('focusin', ({ target }) => {
  if (!walk || !(target instanceof Element) || walk.reached.has(target)) return;
  walk.reached.add(target);
  if (walk.wanted.get(target) === lookOf(target)) walk.unmarked.add(target);
});

/**
 * Puts the focus before everything else and writes down where it goes. Returns how often Tab is to be pressed; null where another
 * scene had the same controls.
 */
export function startWalk(): number | null {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  const wanted = [...document.querySelectorAll(INTERACTIVE)].filter(
    (element) => isVisible(element) && !element.matches(':disabled') && !isPassive(element),
  );
  const controls = wanted.map(labelOf).join('\n');
  if (walked.has(controls)) return null;
  walked.add(controls);
  walk = {
    wanted: new Map(wanted.map((element) => [element, lookOf(element)])),
    reached: new Set(),
    unmarked: new Set(),
  };
  const before = document.createElement('span');
  before.id = 'before';
  before.tabIndex = -1;
  document.body.prepend(before);
  before.focus();
  const dates = wanted.filter((element) => element.matches('[type^="date"], [type="time"]')).length;
  return wanted.length + dates * DATE_PARTS + 1;
}

/** Things that one stop of Tab stands for. Focuses the first of the group that is asked for; returns how many there are. */
export function enterGroup(index: number): { key: 'ArrowRight' | 'ArrowDown'; count: number } | null {
  const groups = [...document.querySelectorAll('[role="tablist"], [role="radiogroup"], fieldset')]
    .map((group) => [...group.querySelectorAll('*')].filter(needsArrows))
    .filter((found) => found.length > 0)
    // The last first: what a group above chooses puts other controls below it.
    .reverse();
  const members = groups[index] ?? [];
  const first = members.find((member) => walk?.reached.has(member)) ?? members[0];
  if (!(first instanceof HTMLElement)) return null;
  first.focus();
  return { key: isRadio(first) ? 'ArrowDown' : 'ArrowRight', count: members.length };
}

export function endWalk(): { missed: string[]; unmarked: string[] } {
  document.getElementById('before')?.remove();
  const { wanted, reached, unmarked } = walk ?? {
    wanted: new Map(),
    reached: new Set(),
    unmarked: new Set(),
  };
  walk = undefined;
  return {
    missed: [...wanted.keys()].filter((element) => !reached.has(element)).map(labelOf),
    unmarked: [...unmarked].map(labelOf),
  };
}
