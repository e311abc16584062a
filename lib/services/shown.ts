import { isShown, type ResourceSetting } from '../core/resource-settings.ts';
import type { CompanyView, PersonView, Section, SectionName, SubjectView } from '../panel-state.ts';

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
  if (isShown(settings, 'companies')) return { ...view, sections };
  const { person, match } = view;
  return {
    ...view,
    sections,
    person: person.status === 'ready' ? { ...person, value: withoutCompany(person.value) } : person,
    match:
      match.status === 'linked' || match.status === 'one'
        ? { ...match, counterpart: withoutCompany(match.counterpart) }
        : match,
  };
}

const withoutCompany = ({ customer: _customer, isInBusiness: _isInBusiness, ...person }: PersonView) =>
  person;

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
