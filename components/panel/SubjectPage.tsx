import type { SubjectView } from '../../lib/panel-state.ts';
import { AsOf } from './AsOf.tsx';
import { ActivityCard } from './activity/ActivityCard.tsx';
import { CompanyCard } from './company/CompanyCard.tsx';
import { DiffCard } from './diff/DiffCard.tsx';
import { GapNotices } from './diff/GapNotices.tsx';
import { Headline } from './identity/Headline.tsx';
import { IdentityCard } from './identity/IdentityCard.tsx';
import { MatchCard } from './match/MatchCard.tsx';
import classes from './SubjectPage.module.css';
import { Sections } from './sections/Sections.tsx';

/** The order in which questions come up: who, is it certain, what differs, what is going on. */
export function SubjectPage({ view }: { view: SubjectView }) {
  return (
    <>
      <div className={classes.top}>
        <Headline view={view} />
        <AsOf view={view} />
      </div>
      <div className={classes.columns}>
        <div className={classes.column}>
          <IdentityCard view={view} />
          <MatchCard view={view} />
          <DiffCard view={view} />
          <GapNotices gaps={view.gaps} />
          <CompanyCard view={view} />
        </div>
        <div className={classes.column}>
          <Sections key={view.version} view={view} />
          <ActivityCard />
        </div>
      </div>
    </>
  );
}
