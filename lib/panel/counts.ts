import type { RelatedItem, Section, SectionName } from '../panel-state.ts';

/** What a section holds, in the parts that matter for it; the first part is the number on the tab. */
export type Part =
  | 'open'
  | 'overdue'
  | 'done'
  | 'closed'
  | 'upcoming'
  | 'past'
  | 'cancelled'
  | 'undated'
  | 'there';
export type Counts = readonly (readonly [Part, number])[];

const APPOINTMENT_PARTS = ['upcoming', 'past', 'cancelled', 'undated'] as const satisfies readonly Part[];
type AppointmentPart = (typeof APPOINTMENT_PARTS)[number];

export const isOverdue = (item: RelatedItem, now: number): boolean =>
  !item.done && item.at !== null && item.at < now;

/** Where an appointment stands. One that will not take place is neither upcoming nor past before its time has come. */
export function appointmentPart({ at, done }: RelatedItem, now: number): AppointmentPart {
  if (at === null) return 'undated';
  if (at < now) return 'past';
  return done ? 'cancelled' : 'upcoming';
}

/**
 * Null while it is not known what the section holds. The first part is told even when it is 0. `more`: how many there are beside
 * those of the section.
 */
export function countsOf(name: SectionName, section: Section, now: number, more = 0): Counts | null {
  if (section.status !== 'ready') return more > 0 ? [['there', more]] : null;
  const { items } = section;
  const count = (test: (item: RelatedItem) => boolean): number => items.filter(test).length;
  const open = count(({ done }) => !done);
  const done = items.length - open;
  switch (name) {
    case 'tasks':
      return told([
        ['open', open],
        ['overdue', count((item) => isOverdue(item, now))],
        ['done', done],
      ]);
    case 'tickets':
      return told([
        ['there', items.length],
        ['open', open],
        ['closed', done],
      ]);
    case 'appointments':
      return told(
        APPOINTMENT_PARTS.map((part) => [part, count((item) => appointmentPart(item, now) === part)]),
      );
    default:
      return [['there', items.length + more]];
  }
}

const told = (parts: Counts): Counts => parts.filter(([, count], index) => index === 0 || count > 0);

/** What comes next first, then what has been, the last one first. */
export const sortAppointments = (items: readonly RelatedItem[], now: number): RelatedItem[] => {
  const rank = (item: RelatedItem): number => APPOINTMENT_PARTS.indexOf(appointmentPart(item, now));
  return [...items].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (appointmentPart(a, now) === 'past' ? (b.at ?? 0) - (a.at ?? 0) : (a.at ?? 0) - (b.at ?? 0)),
  );
};
