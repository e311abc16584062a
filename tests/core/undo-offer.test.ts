import { describe, expect, it } from 'vitest';
import type { FieldName, FieldValue, Ref } from '../../lib/core/contact.ts';
import type { FieldChange } from '../../lib/core/plan.ts';
import { type BackChoices, chosenBack, type OfferedField, offerOf } from '../../lib/core/undo-offer.ts';

const target: Ref = { vendor: 'ghl', accountId: 'location', kind: 'contact', id: 'c0ffee' };
/** `was`: before our write, where it goes back to. */
const change = (field: FieldName, was: FieldValue, written: string): FieldChange => ({
  field,
  transform: field === 'phone' ? 'phone' : 'text',
  key: field,
  expected: written,
  value: was,
  sourceKey: field,
  sourceExpected: written,
});
const city = change('city', 'Oslo', 'Bergen');
const phone = change('phone', '+14155550199', '+14155550137');
const name = change('lastName', 'Whitfeld', 'Whitfield');
const title = change('jobTitle', null, 'Owner');
const back = { kind: 'fields' as const, target, changes: [city, phone, name, title] };
const context = { country: 'US' };

const offer: OfferedField[] = [
  { field: 'city', state: 'as-written', before: 'Oslo', written: 'Bergen', now: 'Bergen' },
  {
    field: 'phone',
    state: 'as-before',
    before: '+14155550199',
    written: '+14155550137',
    now: '(415) 555-0199',
  },
  { field: 'lastName', state: 'changed', before: 'Whitfeld', written: 'Whitfield', now: 'Ortega' },
  { field: 'jobTitle', state: 'changed', before: null, written: 'Owner', now: 'Manager' },
];

describe('what is offered instead of a way back that was refused', () => {
  it('says of each field what was there, what was written, what is there now, and what that means', () => {
    const found = [
      { field: 'city' as const, found: 'Bergen' },
      { field: 'phone' as const, found: '(415) 555-0199' },
      { field: 'lastName' as const, found: 'Ortega' },
      { field: 'jobTitle' as const, found: 'Manager' },
    ];
    expect(offerOf(back, found, context)).toEqual(offer);
  });

  it('leaves out what was not read', () => {
    expect(offerOf(back, [{ field: 'lastName', found: null }], context)).toEqual([
      { field: 'lastName', state: 'changed', before: 'Whitfeld', written: 'Whitfield', now: null },
    ]);
  });
});

describe('the way back that was chosen', () => {
  const chosen = (choices: BackChoices, shown = offer) => chosenBack(back, shown, choices, context);

  it('takes back what nobody changed, and keeps the rest, where nothing is said', () => {
    expect(chosen({})).toEqual({
      kind: 'fields',
      target,
      changes: [city],
      beside: [phone, name, title],
    });
  });

  it('expects what was shown of what somebody changed, whatever it becomes', () => {
    expect(chosen({ lastName: { back: true }, jobTitle: { value: '  Head  ' } })).toMatchObject({
      changes: [city, { ...name, expected: 'Ortega' }, { ...title, expected: 'Manager', value: 'Head' }],
      beside: [phone],
    });
  });

  it('goes back to nothing only where that was offered', () => {
    expect(chosen({ jobTitle: { back: true } })?.changes).toContainEqual({
      ...title,
      expected: 'Manager',
      value: null,
    });
  });

  it('names no field beside it where all are written', () => {
    const only = { ...back, changes: [city] };
    expect(chosenBack(only, offer, {}, context)).toEqual(only);
  });

  it.each<[string, BackChoices]>([
    ['of a field that nobody changed', { city: { back: true } }],
    ['of a field that is as before', { phone: { value: '+14155550100' } }],
    ['of a field that was not written', { email: { back: true } }],
    ['that cannot be stored', { lastName: { value: ' ' } }],
  ])('is none for a word %s', (_case, choices) => {
    expect(chosen(choices)).toBeNull();
  });

  it('is none where everything is kept', () => {
    expect(chosen({}, offer.slice(1))).toBeNull();
  });
});
