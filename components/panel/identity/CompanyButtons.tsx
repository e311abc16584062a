import { Button } from '@mantine/core';
import { t } from '../../../lib/i18n.ts';
import type { PersonView } from '../../../lib/panel-state.ts';
import { vendorWord } from '../../shared/error-words.ts';
import { usePanel } from '../panel-context.ts';
import classes from './Identity.module.css';

/** Opens the company of whoever is on screen, with its people. No vendor's address leads there. */
export function CompanyButtons({ people, version }: { people: readonly PersonView[]; version: number }) {
  const openCompany = usePanel((store) => store.openCompany);
  const isBusy = usePanel((store) => store.busy !== null);
  return people
    .filter(({ companyId }) => companyId)
    .map((person) => (
      <Button
        key={person.ref.vendor}
        size="compact-xs"
        variant="subtle"
        className={classes.company}
        classNames={{ label: classes.companyLabel }}
        disabled={isBusy}
        onClick={() => void openCompany(person, version)}
      >
        {t('company.peopleIn', { vendor: vendorWord(person.ref.vendor) })}
      </Button>
    ));
}
