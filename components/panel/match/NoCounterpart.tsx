import type { ReactNode } from 'react';
import type { VendorName } from '../../../lib/core/contact.ts';
import { t } from '../../../lib/i18n.ts';
import type { PersonView } from '../../../lib/panel-state.ts';
import { vendorWord } from '../../shared/error-words.ts';
import classes from './Match.module.css';

/** Searched and not found: says what was searched for, so that a typing mistake is seen. */
export function NoCounterpart({
  person,
  vendor: name,
  rejected,
  children,
}: {
  person: PersonView;
  vendor: VendorName;
  /** How many were found and said to be somebody else. */
  rejected: number;
  children?: ReactNode;
}) {
  const vendor = vendorWord(name);
  const searched = [
    person.email && t('none.searchedEmail', { value: person.email }),
    person.phone && t('none.searchedPhone', { value: person.phone }),
    t('none.searchedName', { value: person.name }),
  ].filter((words): words is string => Boolean(words));
  return (
    <section className={classes.card}>
      <h2>{t(rejected > 0 ? 'none.titleRejected' : 'none.title', { vendor })}</h2>
      <p className={classes.soft}>{t('none.searched')}</p>
      <ul className={classes.searched}>
        {searched.map((words) => (
          <li key={words} dir="auto">
            {words}
          </li>
        ))}
      </ul>
      <p className={classes.soft}>{t(rejected > 0 ? 'none.nextRejected' : 'none.next', { vendor })}</p>
      {children}
    </section>
  );
}
