import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { VENDOR_NAMES } from '../../../lib/core/contact.ts';
import { t } from '../../../lib/i18n.ts';
import { viewKey } from '../../../lib/panel/selectors.ts';
import type { MatchView, SubjectView } from '../../../lib/panel-state.ts';
import { usePanel } from '../panel-context.ts';
import classes from './Match.module.css';

type Certain = Extract<MatchView, { status: 'linked' | 'one' }>;

/** The agent knows better: takes a link back, or says that the two are different people. */
export function MatchActions({
  view,
  match,
  children,
}: {
  view: SubjectView;
  match: Certain;
  children?: ReactNode;
}) {
  const unlink = usePanel((store) => store.unlink);
  const reject = usePanel((store) => store.reject);
  const busy = usePanel((store) => store.busy);
  const isPainted = usePanel((store) => store.paintedKey === viewKey(view));
  const { person, version, refreshing } = view;
  const isRemembered = VENDOR_NAMES.some((name) => view.registry?.pointers[name]?.state === 'agrees');
  if (person.status !== 'ready') return null;
  const button = {
    size: 'compact-xs',
    variant: 'subtle',
    disabled: !isPainted || refreshing || busy !== null,
  } as const;
  return (
    <div className={classes.actions}>
      {match.status === 'linked' && (
        <Button {...button} onClick={() => void unlink(version, person.value.ref, match.counterpart.ref)}>
          {t('match.unlink')}
        </Button>
      )}
      <Button {...button} onClick={() => void reject(version, person.value.ref, match.counterpart.ref)}>
        {t('match.notSame')}
      </Button>
      {children}
      <span className={classes.hint}>{t('match.nothingSent')}</span>
      {match.status === 'linked' && isRemembered && (
        <span className={classes.hint}>{t('match.pointersStay')}</span>
      )}
    </div>
  );
}
