import type { Mapping } from '../core/mapping.ts';
import { CUSTOM_PREFIX, JOB_TITLE } from './ghl/mapping.ts';

/**
 * What is paired when nothing else was chosen. Keys are those of the vendors' own `mapping.ts`. Language and time zone are not
 * here: Atera has neither for a contact.
 */
export const DEFAULT_MAPPING: Mapping = [
  {
    field: 'firstName',
    atera: 'Firstname',
    ghl: 'firstName',
    direction: 'both',
    empty: 'skip',
    transform: 'text',
  },
  {
    field: 'lastName',
    atera: 'Lastname',
    ghl: 'lastName',
    direction: 'both',
    empty: 'skip',
    transform: 'text',
  },
  // Towards Atera only when a contact is created: no call can change it later.
  { field: 'email', atera: 'Email', ghl: 'email', direction: 'both', empty: 'skip', transform: 'email' },
  { field: 'phone', atera: 'Phone', ghl: 'phone', direction: 'both', empty: 'skip', transform: 'phone' },
  // GHL has one phone number; a second one lives in a custom field, where the location has it.
  {
    field: 'mobile',
    atera: 'MobilePhone',
    ghl: `${CUSTOM_PREFIX}contact.mobile_phone`,
    direction: 'both',
    empty: 'skip',
    transform: 'phone',
  },
  {
    field: 'jobTitle',
    atera: 'JobTitle',
    ghl: JOB_TITLE,
    direction: 'both',
    empty: 'skip',
    transform: 'text',
  },
  {
    field: 'company',
    atera: 'CustomerName',
    ghl: 'companyName',
    direction: 'to-ghl',
    empty: 'skip',
    transform: 'text',
  },
  // Atera keeps addresses at the customer: they may fill what is empty in GHL, and never replace it.
  {
    field: 'address1',
    atera: 'customer.Address',
    ghl: 'address1',
    direction: 'to-ghl',
    empty: 'fill-only',
    transform: 'text',
  },
  {
    field: 'city',
    atera: 'customer.City',
    ghl: 'city',
    direction: 'to-ghl',
    empty: 'fill-only',
    transform: 'text',
  },
  {
    field: 'state',
    atera: 'customer.State',
    ghl: 'state',
    direction: 'to-ghl',
    empty: 'fill-only',
    transform: 'text',
  },
  {
    field: 'postalCode',
    atera: 'customer.ZipCodeStr',
    ghl: 'postalCode',
    direction: 'to-ghl',
    empty: 'fill-only',
    transform: 'text',
  },
  {
    field: 'country',
    atera: 'customer.Country',
    ghl: 'country',
    direction: 'to-ghl',
    empty: 'fill-only',
    transform: 'country',
  },
];

/** The companies' own fields. Their people, tickets and devices are no fields. */
export const COMPANY_MAPPING: Mapping = [
  {
    field: 'company',
    atera: 'CustomerName',
    ghl: 'name',
    direction: 'both',
    empty: 'skip',
    transform: 'text',
  },
  { field: 'phone', atera: 'Phone', ghl: 'phone', direction: 'both', empty: 'skip', transform: 'phone' },
  // GHL holds one address where Atera has a list of domains: only what is empty there is filled.
  {
    field: 'website',
    atera: 'Domain',
    ghl: 'website',
    direction: 'both',
    empty: 'fill-only',
    transform: 'domain',
  },
  {
    field: 'address1',
    atera: 'Address',
    ghl: 'address',
    direction: 'both',
    empty: 'skip',
    transform: 'text',
  },
  { field: 'city', atera: 'City', ghl: 'city', direction: 'both', empty: 'skip', transform: 'text' },
  { field: 'state', atera: 'State', ghl: 'state', direction: 'both', empty: 'skip', transform: 'text' },
  {
    field: 'postalCode',
    atera: 'ZipCodeStr',
    ghl: 'postalCode',
    direction: 'both',
    empty: 'skip',
    transform: 'text',
  },
  {
    field: 'country',
    atera: 'Country',
    ghl: 'country',
    direction: 'both',
    empty: 'skip',
    transform: 'country',
  },
];
