import { type Ref, type Subject, sameRef, type VendorName } from '../core/contact.ts';
import type { MatchView, PersonView, SubjectView } from '../panel-state.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import type { Records } from './load-parts.ts';
import type { SubjectTab } from './subjects.ts';
import { GHL_SECTIONS, NO_PLANS, type ViewPatch, withheld } from './view-parts.ts';

/** Whether one of these people is on screen, as the person or as the counterpart. */
export function shows({ person, match }: SubjectView, people: readonly Ref[]): boolean {
  const counterpart = match.status === 'linked' || match.status === 'one' ? match.counterpart.ref : null;
  const shown = person.status === 'ready' ? person.value.ref : null;
  return [shown, counterpart].some((ref) => ref !== null && people.some((one) => sameRef(one, ref)));
}

/** A write reads only what it needs: the rest stays as it was. */
const overlay = (known: PersonRecord | undefined, { fields }: PersonRecord): PersonRecord['fields'] => ({
  values: { ...known?.fields.values, ...fields.values },
  writable: { ...known?.fields.writable, ...fields.writable },
});

/** What is shown of a page before anything is known. */
export function skeleton({
  subject,
  version,
  suggested,
}: Pick<SubjectTab, 'subject' | 'version' | 'suggested'>): SubjectView {
  const loading = { status: 'loading' } as const;
  return {
    subject,
    version,
    headline: null,
    person: loading,
    match: loading,
    rows: [],
    plans: NO_PLANS,
    pushTarget: subject.vendor === 'atera' ? 'ghl' : 'atera',
    sections: {
      tasks: loading,
      notes: loading,
      tickets: loading,
      comments: subject.kind === 'ticket' ? loading : { status: 'ready', items: [], window: null },
      appointments: loading,
      tags: loading,
    },
    receipt: null,
    gaps: [],
    asOf: { atera: null, ghl: null },
    refreshing: false,
    suggested,
    ateraTags: loading,
  };
}

/** What failed is tried again under a skeleton, what is known stays in place. */
export const retried = (known: SubjectView, fresh: SubjectView): SubjectView => ({
  ...known,
  person: known.person.status === 'failed' ? fresh.person : known.person,
  match: known.match.status === 'failed' ? fresh.match : known.match,
  sections: Object.fromEntries(
    Object.entries(known.sections).map(([name, section]) => [
      name,
      section.status === 'failed' ? { status: 'loading' } : section,
    ]),
  ) as SubjectView['sections'],
  refreshing: true,
});

/** Only what belongs to the person on screen alone. */
export function withoutCounterpart(known: SubjectView, fresh: SubjectView): SubjectView {
  const { person, headline, sections, receipt, gaps, asOf } = known;
  const own = fresh.subject.vendor;
  const kept: Partial<SubjectView['sections']> =
    own === 'atera'
      ? { tickets: sections.tickets, comments: sections.comments }
      : { ...sections, tickets: fresh.sections.tickets };
  return {
    ...fresh,
    person,
    headline,
    receipt,
    gaps,
    sections: { ...fresh.sections, ...kept },
    asOf: { ...fresh.asOf, [own]: asOf[own] },
    refreshing: true,
  };
}

/** It is not certain any more who the counterpart is. */
export const doubted = (viewed: VendorName, match: MatchView): ViewPatch => ({
  refreshing: false,
  match,
  rows: [],
  plans: NO_PLANS,
  sections: withheld(viewed === 'atera' ? GHL_SECTIONS : ['tickets']),
  // What was told of the two fields was about a pair that is none any more.
  registry: null,
});

/** Both records after a write, over what was known before. */
export const merged = (known: Records | null, read: Records): Records => ({
  atera: {
    ...read.atera,
    fields: overlay(known?.atera, read.atera),
    view: withCustomer(known?.atera.view, read.atera.view),
  },
  ghl: { ...read.ghl, fields: overlay(known?.ghl, read.ghl) },
});

/** Both people as they were read after a write. */
/** A write reads the person alone: what was known of their company stays, while it is the same company. */
const withCustomer = (known: PersonView | undefined, view: PersonView): PersonView =>
  known?.customer && !view.customer && known.companyId === view.companyId
    ? { ...view, customer: known.customer }
    : view;

export function written(subject: Subject, { atera, ghl }: Records, linked: boolean, at: number): ViewPatch {
  const [person, counterpart] = subject.vendor === 'atera' ? [atera.view, ghl.view] : [ghl.view, atera.view];
  return {
    // A page of a person is called like them, and the name may be what was written.
    ...(subject.kind !== 'ticket' ? { headline: { number: '', title: person.name } } : {}),
    person: { status: 'ready', value: person },
    match: {
      status: linked ? 'linked' : 'one',
      evidence: [{ kind: linked ? 'linked' : 'same-email' }],
      counterpart,
    },
    asOf: { atera: at, ghl: at },
  };
}
