import { refKey } from '../../../lib/core/contact.ts';
import { t, tCount } from '../../../lib/i18n.ts';
import type { CompanyPerson, PersonHit } from '../../../lib/panel-state.ts';
import { VendorMark } from '../../shared/VendorMark.tsx';
import classes from '../Panel.module.css';
import { usePanel } from '../panel-context.ts';

type Hit = PersonHit & Partial<Pick<CompanyPerson, 'tickets'>>;

/** People to open, each with what tells them apart. `version`: the view that they are part of, where the page shows one. */
export function PeopleList({ people, version }: { people: readonly Hit[]; version?: number | undefined }) {
  const choose = usePanel((store) => store.choose);
  const isBusy = usePanel((store) => store.busy !== null);
  if (people.length === 0) return null;
  return (
    <ul className={classes.people}>
      {people.map((hit) => (
        <li key={refKey(hit.person.ref)}>
          <button
            type="button"
            className={classes.person}
            disabled={isBusy}
            onClick={() => void choose(hit, version)}
          >
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

function linesOf({ person, title, tickets }: Hit): string[] {
  const reach = [person.email, person.phone].filter(Boolean).join(' · ') || t('candidates.noContact');
  const lines = [
    title,
    reach,
    person.company,
    tickets ? tCount('company.ticketCount', tickets) : null,
    person.archived ? t('person.archived') : null,
  ];
  return [...new Set(lines.filter((line): line is string => Boolean(line)))];
}
