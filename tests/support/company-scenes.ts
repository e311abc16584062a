import { AppError } from '../../lib/errors.ts';
import type { AdditionResult, CompanySides } from '../../lib/panel-state.ts';
import { makePerson } from './panel-fixtures.ts';
import { SCENES } from './panel-scenes.ts';
import { never, panelScene, type Scene } from './scene.ts';

const BUSINESSES = [
  { id: 'b1', name: 'Bright Smile Dental' },
  { id: 'b2', name: 'Harbor Freight & Sons' },
  { id: 'b3', name: `${'A very long company name '.repeat(4)}GmbH` },
];
const CUSTOMERS = [
  { id: '312', name: 'Harbor Freight & Sons' },
  { id: '313', name: 'شركة النيل' },
];

/** In a customer of Atera, in no company of GHL; one there is linked to the customer. */
export const SIDES: CompanySides = {
  atera: {
    status: 'ready',
    contact: makePerson('atera').ref,
    present: { id: '311', name: 'Bright Smile Dental' },
    offer: { status: 'ready', candidates: [], all: CUSTOMERS, total: 1312 },
  },
  ghl: {
    status: 'ready',
    contact: makePerson('ghl').ref,
    present: null,
    offer: {
      status: 'ready',
      candidates: [
        { id: 'b1', name: 'Bright Smile Dental', signs: ['linked', 'domain', 'name'] },
        { id: 'b2', name: 'Harbor Freight & Sons', signs: ['domain'] },
      ],
      all: BUSINESSES,
      total: null,
    },
  },
};

const section = (): NonNullable<(typeof SCENES)[string]> => {
  const state = SCENES.companySection;
  if (!state) throw new Error('No scene companySection.');
  return state;
};
const fails = (): never => {
  throw new AppError('forbidden', { vendor: 'ghl', scope: 'businesses.readonly' });
};

/** The form that changes the company of a person. */
const editing = (
  sides: CompanySides | (() => unknown),
  result: Partial<AdditionResult> | 'pending' | null = null,
): Scene =>
  panelScene(
    section(),
    {
      getCompanySides: typeof sides === 'function' ? sides : () => sides,
      addToContact: (data) =>
        result === 'pending'
          ? never()
          : { id: (data as { id: string }).id, state: 'done', error: null, ...result },
    },
    async ({ enabled, press }) => {
      await enabled('button', 'Change the company');
      await press('button', 'Change the company');
      if (result === null) return;
      await enabled('button', 'Put into Bright Smile Dental in GHL');
      await press('button', 'Put into Bright Smile Dental in GHL');
    },
  );

export const COMPANY_SCENES: Record<string, Scene> = {
  companyChange: editing(SIDES),
  companyChangeLoading: editing(never),
  companyChangeFailed: editing(fails),
  companyChangeHalf: editing({
    atera: { status: 'failed', error: { code: 'not_found', vendor: 'atera' } },
    ghl: {
      status: 'ready',
      contact: makePerson('ghl').ref,
      present: { id: 'b9', name: 'b9' },
      offer: { status: 'failed', error: { code: 'forbidden', vendor: 'ghl', scope: 'businesses.readonly' } },
    },
  }),
  companyChangeNoOther: editing({
    atera: null,
    ghl: {
      status: 'ready',
      contact: makePerson('ghl').ref,
      present: { id: 'b1', name: 'Bright Smile Dental' },
      offer: { status: 'ready', candidates: [], all: [], total: 0 },
    },
  }),
  companyChangeSending: editing(SIDES, 'pending'),
  companyChangeDone: editing(SIDES, {}),
  companyChangeConflict: editing(SIDES, { state: 'failed', error: { code: 'conflict', vendor: 'ghl' } }),
};
