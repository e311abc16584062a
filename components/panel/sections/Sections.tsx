import { type KeyboardEvent, useRef } from 'react';
import { t } from '../../../lib/i18n.ts';
import type { SectionName, SubjectView } from '../../../lib/panel-state.ts';
import { usePanel } from '../panel-context.ts';
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
  const open = chosen ?? SECTION_ORDER.find((name) => view.sections[name].status !== 'withheld') ?? 'tasks';

  const move = (event: KeyboardEvent): void => {
    const index = nextIndex(event.key, SECTION_ORDER.indexOf(open));
    const name = index === null ? undefined : SECTION_ORDER.at(index % SECTION_ORDER.length);
    if (!name) return;
    event.preventDefault();
    show(name);
    tabs.current[name]?.focus();
  };

  return (
    <section className={classes.card} aria-label={t('section.list')}>
      <div role="tablist" aria-label={t('section.list')} className={classes.tabs} onKeyDown={move}>
        {SECTION_ORDER.map((name) => (
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
    </section>
  );
}

function nextIndex(key: string, present: number): number | null {
  if (key === 'Home') return 0;
  if (key === 'End') return SECTION_ORDER.length - 1;
  const step = STEP[key];
  return step === undefined ? null : present + step;
}
