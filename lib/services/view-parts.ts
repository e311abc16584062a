import { AppError, type ErrorView, isAppError, toErrorView } from '../errors.ts';
import type { RelatedItem, Section, SectionName, SubjectView } from '../panel-state.ts';

/** A change to what is shown: sections and stamps are merged, everything else is replaced. */
export type ViewPatch = Partial<Omit<SubjectView, 'sections' | 'asOf'>> & {
  sections?: Partial<SubjectView['sections']>;
  asOf?: Partial<SubjectView['asOf']>;
};

export const mergeView = (view: SubjectView, { sections, asOf, ...rest }: ViewPatch): SubjectView => ({
  ...view,
  ...rest,
  sections: { ...view.sections, ...sections },
  asOf: { ...view.asOf, ...asOf },
});

/** Nothing may be applied. */
export const NO_PLANS: SubjectView['plans'] = { push: null, pull: null, sync: null };

export const GHL_SECTIONS = [
  'tasks',
  'notes',
  'appointments',
  'tags',
] as const satisfies readonly SectionName[];

const allAs = (names: readonly SectionName[], section: Section): Partial<SubjectView['sections']> =>
  Object.fromEntries(names.map((name) => [name, section]));

/** Hides what belongs to a person who is only suspected. */
export const withheld = (names: readonly SectionName[]): Partial<SubjectView['sections']> =>
  allAs(names, { status: 'withheld' });

export const readySection = (
  items: RelatedItem[],
  window: { seen: number; total: number } | null = null,
): Section => ({ status: 'ready', items, window });

/** Only what a vendor did is an outcome to show; anything else is a bug and goes on to the top. */
export function expectError(error: unknown): ErrorView {
  if (!isAppError(error)) throw error;
  return toErrorView(error);
}

export const notFound = (input: string): AppError => new AppError('not_found', { vendor: 'atera', input });
