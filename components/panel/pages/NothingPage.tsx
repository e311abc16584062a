import { IconUserSearch } from '@tabler/icons-react';
import { t } from '../../../lib/i18n.ts';
import type { SampleSubject } from '../../../lib/panel-state.ts';
import { VendorMark } from '../../shared/VendorMark.tsx';
import classes from '../Panel.module.css';
import { usePanel } from '../panel-context.ts';
import { RecentPeople } from './RecentPeople.tsx';
import { SearchBox } from './SearchBox.tsx';

export function NothingPage({ samples }: { samples: SampleSubject[] }) {
  const viewSample = usePanel((store) => store.viewSample);
  const isBusy = usePanel((store) => store.busy !== null);
  return (
    <section className={classes.page}>
      <span className={classes.pageIcon} aria-hidden="true">
        <IconUserSearch size={22} />
      </span>
      <h1>{t('page.nothingTitle')}</h1>
      <p className={classes.soft}>{t('page.nothingBody')}</p>
      <SearchBox />
      <RecentPeople />
      {samples.length > 0 && (
        <>
          <hr className={classes.divider} />
          <h2 className={classes.small}>{t('page.nothingSamples')}</h2>
          <ul className={classes.people}>
            {samples.map((sample) => (
              <li key={`${sample.subject.vendor}/${sample.subject.kind}/${sample.subject.id}`}>
                <button
                  type="button"
                  className={classes.person}
                  disabled={isBusy}
                  onClick={() => void viewSample(sample)}
                >
                  <span className={classes.personName}>
                    <span dir="auto">{sample.personName}</span>
                    <VendorMark vendor={sample.subject.vendor} />
                  </span>
                  <span className={classes.small} dir="auto">
                    {sample.title}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
