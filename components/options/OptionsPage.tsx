import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { t } from '../../lib/i18n.ts';
import type { AccountsStore } from '../../lib/panel/accounts-store.ts';
import type { ActivityStore } from '../../lib/panel/activity-store.ts';
import type { MappingStore } from '../../lib/panel/mapping-store.ts';
import type { QuirksStore } from '../../lib/panel/quirks-store.ts';
import type { RegistryStore } from '../../lib/panel/registry-store.ts';
import type { ResourcesStore } from '../../lib/panel/resources-store.ts';
import type { WorkStore } from '../../lib/panel/work-store.ts';
import { AboutSection } from './AboutSection.tsx';
import { ActivitySection } from './ActivitySection.tsx';
import { ConnectionsSection } from './ConnectionsSection.tsx';
import { FieldsSection } from './FieldsSection.tsx';
import classes from './Options.module.css';
import { QuirksSection } from './QuirksSection.tsx';
import { RegistrySection } from './RegistrySection.tsx';
import { ResourcesSection } from './ResourcesSection.tsx';
import { SecuritySection } from './SecuritySection.tsx';
import { TagsSection } from './TagsSection.tsx';
import { TasksSection } from './TasksSection.tsx';
import { TestSection } from './TestSection.tsx';
import { YouSection } from './YouSection.tsx';

const SECTIONS = [
  'connections',
  'test',
  'resources',
  'fields',
  'companyFields',
  'you',
  'tags',
  'tasks',
  'registry',
  'quirks',
  'activity',
  'security',
  'about',
] as const;

interface Props {
  store: StoreApi<AccountsStore>;
  mapping: StoreApi<MappingStore>;
  companyMapping: StoreApi<MappingStore>;
  work: StoreApi<WorkStore>;
  resources: StoreApi<ResourcesStore>;
  activity: StoreApi<ActivityStore>;
  registry: StoreApi<RegistryStore>;
  quirks: StoreApi<QuirksStore>;
}

export function OptionsPage({
  store,
  mapping,
  companyMapping,
  work,
  resources,
  activity,
  registry,
  quirks,
}: Props) {
  const state = useStore(store);
  useEffect(() => store.getState().connect(), [store]);
  useEffect(() => work.getState().connect(), [work]);
  useEffect(() => scrollToHash(), []);
  return (
    <div className={classes.layout}>
      <header className={classes.side}>
        <h1>{t('options.title')}</h1>
        <nav aria-label={t('options.nav')}>
          <ul>
            {SECTIONS.map((name) => (
              <li key={name}>
                <a href={`#${name}`}>{t(`options.${name}`)}</a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <main className={classes.main}>
        <ConnectionsSection state={state} />
        <TestSection state={state} />
        <ResourcesSection
          store={resources}
          onSaved={() => {
            void mapping.getState().load();
            void companyMapping.getState().load();
          }}
        />
        <FieldsSection store={mapping} of="contacts" />
        <FieldsSection store={companyMapping} of="companies" />
        <YouSection store={work} />
        <TagsSection store={work} />
        <TasksSection store={work} />
        <RegistrySection store={registry} />
        <QuirksSection store={quirks} />
        <ActivitySection store={activity} />
        <SecuritySection />
        <AboutSection />
      </main>
    </div>
  );
}

/** `#connect-ghl` comes from the panel: the form is there only after the first paint. */
function scrollToHash(): void {
  const name = window.location.hash.slice(1);
  if (!name) return;
  const section = document.getElementById(name);
  section?.scrollIntoView?.();
  section?.querySelector<HTMLInputElement>('input')?.focus();
}
