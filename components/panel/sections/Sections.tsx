import { type KeyboardEvent, useRef } from 'react';
import { t } from '../../../lib/i18n.ts';
import type { SectionName, SubjectView } from '../../../lib/panel-state.ts';
import { usePanel } from '../panel-context.ts';
import { SwitchedOff } from '../SwitchedOff.tsx';
import { SectionBody } from './SectionBody.tsx';
import classes from './Sections.module.css';
import { SectionTab } from './SectionTab.tsx';

export const SECTION_ORDER: readonly SectionName[] = [
  'tasks',
  'tickets',
  'notes',
  'comments',
  'appointments',
  'tags',
];

const STEP: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };

/** What is going on with this person: one tab per section, arrow keys move between them. */
export function Sections({ view }: { view: SubjectView }) {
  const chosen = usePanel((store) => store.openSection);
  const show = usePanel((store) => store.showSection);
  const tabs = useRef<Partial<Record<SectionName, HTMLButtonElement | null>>>({});
  const names = SECTION_ORDER.filter((name) => view.sections[name].status !== 'off');
  const off = SECTION_ORDER.filter((name) => !names.includes(name));
  const isThere = chosen !== null && names.includes(chosen);
  const open = isThere
    ? chosen
    : (names.find((name) => view.sections[name].status !== 'withheld') ?? names[0]);

  const move = (event: KeyboardEvent): void => {
    const index = open ? nextIndex(event.key, names.indexOf(open), names.length) : null;
    const name = index === null ? undefined : names.at(index % names.length);
    if (!name) return;
    event.preventDefault();
    show(name);
    tabs.current[name]?.focus();
  };

  return (
    <section className={classes.card} aria-label={t('section.list')}>
      {open && (
        <>
          <div role="tablist" aria-label={t('section.list')} className={classes.tabs} onKeyDown={move}>
            {names.map((name) => (
              <SectionTab
                key={name}
                name={name}
                section={view.sections[name]}
                more={name === 'tags' && view.ateraTags.status === 'ready' ? view.ateraTags.tags.length : 0}
                isOpen={name === open}
                onOpen={() => show(name)}
                buttonRef={(button) => {
                  tabs.current[name] = button;
                }}
              />
            ))}
          </div>
          <div
            role="tabpanel"
            id="section-panel"
            aria-labelledby={`section-tab-${open}`}
            className={classes.panel}
          >
            <SectionBody name={open} section={view.sections[open]} view={view} />
          </div>
        </>
      )}
      <SwitchedOff names={off} />
    </section>
  );
}

function nextIndex(key: string, present: number, count: number): number | null {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = STEP[key];
  return step === undefined ? null : present + step;
}
