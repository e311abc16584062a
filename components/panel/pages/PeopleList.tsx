import { refKey } from '../../../lib/core/contact.ts';
import { t } from '../../../lib/i18n.ts';
import type { PersonHit } from '../../../lib/panel-state.ts';
import { VendorMark } from '../../shared/VendorMark.tsx';
import classes from '../Panel.module.css';
import { usePanel } from '../panel-context.ts';

/** People to open, each with what tells them apart. */
export function PeopleList({ people }: { people: readonly PersonHit[] }) {
  const choose = usePanel((store) => store.choose);
  const isBusy = usePanel((store) => store.busy !== null);
  if (people.length === 0) return null;
  return (
    <ul className={classes.people}>
      {people.map((hit) => (
        <li key={refKey(hit.person.ref)}>
          <button type="button" className={classes.person} disabled={isBusy} onClick={() => void choose(hit)}>
            <span className={classes.personName}>
              <span dir="auto">{hit.person.name}</span>
              <VendorMark vendor={hit.person.ref.vendor} />
            </span>
            {linesOf(hit).map((line) => (
              <span key={line} className={classes.small} dir="auto">
                {line}
              </span>
            ))}
          </button>
        </li>
      ))}
    </ul>
  );
}

function linesOf({ person, title }: PersonHit): string[] {
  const reach = [person.email, person.phone].filter(Boolean).join(' · ') || t('candidates.noContact');
  const lines = [title, reach, person.company, person.archived ? t('person.archived') : null];
  return [...new Set(lines.filter((line): line is string => Boolean(line)))];
}
