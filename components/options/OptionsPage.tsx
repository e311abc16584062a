import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { t } from '../../lib/i18n.ts';
import type { AccountsStore } from '../../lib/panel/accounts-store.ts';
import { AboutSection } from './AboutSection.tsx';
import { ConnectionsSection } from './ConnectionsSection.tsx';
import classes from './Options.module.css';
import { SecuritySection } from './SecuritySection.tsx';
import { TestSection } from './TestSection.tsx';

const SECTIONS = ['connections', 'test', 'security', 'about'] as const;

export function OptionsPage({ store }: { store: StoreApi<AccountsStore> }) {
  const state = useStore(store);
  useEffect(() => store.getState().connect(), [store]);
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
