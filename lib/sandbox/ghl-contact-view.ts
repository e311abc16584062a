import type { GhlContact, SandboxState } from './state.ts';

const joinName = (contact: GhlContact): string =>
  [contact.firstName, contact.lastName].filter(Boolean).join(' ');

/** The record as `GET /contacts/{id}` serves it. Empty values are left out. */
export function viewContact(state: SandboxState, contact: GhlContact): Record<string, unknown> {
  const name = joinName(contact);
  return {
    ...contact,
    name,
    locationId: state.ghl.location.id,
    emailLowerCase: contact.email?.toLowerCase(),
    firstNameLowerCase: contact.firstName?.toLowerCase(),
    lastNameLowerCase: contact.lastName?.toLowerCase(),
    fullNameLowerCase: name.toLowerCase(),
    additionalPhones: [],
  };
}

/** The thinner record of lists. */
export function viewListed(state: SandboxState, contact: GhlContact): Record<string, unknown> {
  return {
    id: contact.id,
    locationId: state.ghl.location.id,
    contactName: joinName(contact).toLowerCase(),
    firstName: contact.firstName,
    lastName: contact.lastName,
    email: contact.email,
    phone: contact.phone,
    companyName: contact.companyName,
    timezone: contact.timezone,
    country: contact.country,
    source: contact.source,
    dateAdded: contact.dateAdded,
    customFields: contact.customFields,
    tags: contact.tags,
    businessId: contact.businessId,
    followers: contact.followers.length > 0 ? contact.followers : undefined,
  };
}
