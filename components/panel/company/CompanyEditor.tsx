import { Button } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { VENDOR_NAMES } from '../../../lib/core/contact.ts';
import { type ErrorView, toErrorView } from '../../../lib/errors.ts';
import { t } from '../../../lib/i18n.ts';
import { ownPress } from '../../../lib/panel/adding.ts';
import type { CompanySides, PersonView, SubjectView } from '../../../lib/panel-state.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { usePanel } from '../panel-context.ts';
import classes from './Company.module.css';
import { CompanySideForm } from './CompanySideForm.tsx';

type Sides =
  | { status: 'loading' }
  | { status: 'ready'; sides: CompanySides }
  | { status: 'failed'; error: ErrorView };

interface Props {
  view: SubjectView;
  person: PersonView;
  onClose: () => void;
}

/** Where the person belongs in either system, read afresh, and where the agent may put them. */
export function CompanyEditor({ view, person, onClose }: Props) {
  const getCompanySides = usePanel((store) => store.getCompanySides);
  const adding = usePanel((store) => store.adding);
  const [state, setState] = useState<Sides>({ status: 'loading' });
  const heading = useRef<HTMLHeadingElement>(null);
  const latest = useRef(0);
  const { version } = view;

  const load = useCallback(async (): Promise<void> => {
    latest.current += 1;
    const mine = latest.current;
    const next = await getCompanySides(version, person.ref).then(
      (sides): Sides => ({ status: 'ready', sides }),
      (error: unknown): Sides => ({ status: 'failed', error: toErrorView(error) }),
    );
    if (mine === latest.current) setState(next);
  }, [getCompanySides, version, person.ref]);
  const start = useRef(load);
  start.current = load;
  const pressed = VENDOR_NAMES.map((vendor) => ownPress(adding, version, vendor, 'company')).find(Boolean);
  const ended = pressed?.result ? pressed.id : null;
  useEffect(() => heading.current?.focus(), []);
  // Once per opening, and once more after each press: where they are has changed, or is not what was thought.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the end of a press is what it waits for.
  useEffect(() => void start.current(), [ended]);

  return (
    <section className={classes.editor} aria-label={t('companySet.title', { name: person.name })}>
      <h3 ref={heading} tabIndex={-1} dir="auto">
        {t('companySet.title', { name: person.name })}
      </h3>
      <p className={classes.fact} role="status">
        {state.status === 'loading' ? t('companySet.loading') : ''}
      </p>
      {state.status === 'failed' && (
        <ErrorNotice
          error={state.error}
          title={t('companySet.failed')}
          effect="nothing-written"
          onRetry={() => void load()}
        />
      )}
      {state.status === 'ready' &&
        VENDOR_NAMES.map((vendor) => {
          const side = state.sides[vendor];
          return (
            side && (
              <CompanySideForm
                key={vendor}
                vendor={vendor}
                side={side}
                view={view}
                onRetry={() => void load()}
              />
            )
          );
        })}
      <div>
        <Button size="compact-xs" variant="subtle" onClick={onClose}>
          {t('companySet.close')}
        </Button>
      </div>
    </section>
  );
}
