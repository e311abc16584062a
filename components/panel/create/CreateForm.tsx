import { Button } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type ErrorView, toErrorView } from '../../../lib/errors.ts';
import { t } from '../../../lib/i18n.ts';
import { otherVendor } from '../../../lib/panel/selectors.ts';
import type { CreationPreview, PersonView, SubjectView } from '../../../lib/panel-state.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { vendorWord } from '../../shared/error-words.ts';
import { usePanel } from '../panel-context.ts';
import classes from './Create.module.css';
import { CreatePreview } from './CreatePreview.tsx';

type Preview =
  | { status: 'loading' }
  | { status: 'ready'; preview: CreationPreview }
  | { status: 'failed'; error: ErrorView };

interface Props {
  view: SubjectView;
  person: PersonView;
  onClose: () => void;
}

/** The preview in its place: read first, then shown, then pressed. */
export function CreateForm({ view, person, onClose }: Props) {
  const previewCreate = usePanel((store) => store.previewCreate);
  const [state, setState] = useState<Preview>({ status: 'loading' });
  const heading = useRef<HTMLHeadingElement>(null);
  const latest = useRef(0);
  const { version } = view;
  const name = person.name;
  const vendor = vendorWord(otherVendor(view.subject.vendor));

  const load = useCallback(async (): Promise<void> => {
    latest.current += 1;
    const mine = latest.current;
    setState({ status: 'loading' });
    const next = await previewCreate(version, person.ref).then(
      (preview): Preview => ({ status: 'ready', preview }),
      (error: unknown): Preview => ({ status: 'failed', error: toErrorView(error) }),
    );
    if (mine === latest.current) setState(next);
  }, [previewCreate, version, person.ref]);
  // Once per opening: a refresh of the view must not take away what was ticked. What is out of date is refused.
  const start = useRef(load);
  useEffect(() => {
    heading.current?.focus();
    void start.current();
  }, []);

  return (
    <section className={classes.form} aria-label={t('create.title', { name, vendor })}>
      <h3 ref={heading} tabIndex={-1} dir="auto">
        {t('create.title', { name, vendor })}
      </h3>
      <p className={classes.soft} role="status">
        {state.status === 'loading' ? t('create.loading') : ''}
      </p>
      {state.status === 'ready' ? (
        <CreatePreview view={view} preview={state.preview} onClose={onClose} onReload={() => void load()} />
      ) : (
        <>
          {state.status === 'failed' && (
            <ErrorNotice
              error={state.error}
              title={t('create.failed')}
              effect="nothing-written"
              onRetry={() => void load()}
            />
          )}
          <div className={classes.buttons}>
            <Button size="sm" variant="default" onClick={onClose}>
              {t('create.cancel')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
