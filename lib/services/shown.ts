import { isShown, type ResourceSetting } from '../core/resource-settings.ts';
import type {
  CompanyView,
  CounterpartHits,
  CreationResult,
  FoundPeople,
  MatchView,
  PersonHit,
  PersonView,
  Section,
  SectionName,
  SubjectView,
  VendorHits,
} from '../panel-state.ts';

const OFF = { status: 'off' } as const;
const LOADING = { status: 'loading' } as const;

/** A view within what the pair shows at this moment, whatever was shown when it was read. */
export function withinResources(view: SubjectView, settings: readonly ResourceSetting[]): SubjectView {
  const sections = Object.fromEntries(
    Object.entries(view.sections).map(([name, section]): [string, Section] => {
      if (!isShown(settings, name as SectionName)) return [name, OFF];
      // Kept from a time when it was switched off: it is being read.
      return [name, section.status === 'off' ? LOADING : section];
    }),
  ) as SubjectView['sections'];
  const { person, match } = view;
  return {
    ...view,
    sections,
    ateraTags: isShown(settings, 'tags') ? view.ateraTags : OFF,
    person: person.status === 'ready' ? { ...person, value: personWithin(person.value, settings) } : person,
    match: matchWithin(match, settings),
  };
}

/** A person, wherever one is told: on screen, found, or remembered. */
export function personWithin(person: PersonView, settings: readonly ResourceSetting[]): PersonView {
  if (isShown(settings, 'companies')) return person;
  const { customer: _customer, isInBusiness: _isInBusiness, ...rest } = person;
  return rest;
}

const matchWithin = (match: MatchView, settings: readonly ResourceSetting[]): MatchView => {
  if (match.status === 'linked' || match.status === 'one')
    return { ...match, counterpart: personWithin(match.counterpart, settings) };
  if (match.status !== 'several') return match;
  return { ...match, candidates: peopleWithin(match.candidates, settings) };
};

const peopleWithin = <T extends { person: PersonView }>(
  people: readonly T[],
  settings: readonly ResourceSetting[],
): T[] => people.map((one) => ({ ...one, person: personWithin(one.person, settings) }));

export const hitsWithin = (hits: readonly PersonHit[], settings: readonly ResourceSetting[]): PersonHit[] =>
  peopleWithin(hits, settings);

export function foundWithin({ atera, ghl }: FoundPeople, settings: readonly ResourceSetting[]): FoundPeople {
  const of = (found: VendorHits): VendorHits =>
    found.status === 'ready' ? { ...found, hits: hitsWithin(found.hits, settings) } : found;
  return { atera: of(atera), ghl: of(ghl) };
}

export const counterpartsWithin = (
  found: CounterpartHits,
  settings: readonly ResourceSetting[],
): CounterpartHits =>
  found.status === 'ready' ? { ...found, people: peopleWithin(found.people, settings) } : found;

export const creationWithin = (
  result: CreationResult,
  settings: readonly ResourceSetting[],
): CreationResult => ({
  ...result,
  created: result.created && personWithin(result.created, settings),
  people: result.people.map((person) => personWithin(person, settings)),
});

/** The same for a company's page. In Atera its people are known by their tickets alone. */
export function companyWithin(view: CompanyView, settings: readonly ResourceSetting[]): CompanyView {
  const isCompany = isShown(settings, 'companies');
  const isFolk = view.tickets === null || isShown(settings, 'tickets');
  const of = <T extends { status: string }>(part: T, isOn: boolean) =>
    isOn ? (part.status === 'off' ? LOADING : part) : OFF;
  return {
    ...view,
    company: of(view.company, isCompany) as CompanyView['company'],
    people: of(view.people, isFolk) as CompanyView['people'],
    tickets: view.tickets && (of(view.tickets, isFolk) as Section),
  };
}
