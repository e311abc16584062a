import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { t } from '../../../lib/i18n.ts';
import { canAddTo } from '../../../lib/panel/adding.ts';
import type { SubjectView } from '../../../lib/panel-state.ts';
import { useBrowserActions } from '../../shared/browser-context.ts';
import { Chip } from '../../shared/Chip.tsx';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { vendorWord } from '../../shared/error-words.ts';
import { FieldProblem } from '../../shared/FieldProblem.tsx';
import { VendorMark } from '../../shared/VendorMark.tsx';
import { usePanel } from '../panel-context.ts';
import addClasses from './AddArea.module.css';
import { AddAteraTag, ATERA_TAG_INPUT_ID } from './AddAteraTag.tsx';
import classes from './Sections.module.css';

/** Tags that are kept in a custom field of the Atera contact, or what is missing for them. */
export function AteraTagArea({ view }: { view: SubjectView }) {
  const tagField = usePanel(({ mirror }) => mirror?.adding?.tagField);
  const refresh = usePanel((store) => store.refresh);
  const check = usePanel((store) => store.checkTagField);
  const { openOptions } = useBrowserActions();
  const { ateraTags, match, subject } = view;
  if (!tagField || (subject.vendor === 'ghl' && match.status === 'loading')) return null;
  return (
    <div className={addClasses.atera}>
      <VendorMark vendor="atera" />
      {tagField.state === 'off' ? (
        <>
          <p className={classes.meta}>{t('add.ateraTagOff')}</p>
          <Button size="compact-sm" variant="default" onClick={() => void openOptions()}>
            {t('add.ateraTagSetUp')}
          </Button>
        </>
      ) : !canAddTo(view, 'atera') ? (
        <p className={classes.meta}>{t('section.withheld', { vendor: vendorWord('atera') })}</p>
      ) : (
        <>
          <FieldProblem vendor="atera" field={tagField} check={check} />
          {(ateraTags.status === 'loading' || ateraTags.status === 'off') && (
            <p role="status" className={classes.meta}>
              {t('add.ateraTagLoading')}
            </p>
          )}
          {ateraTags.status === 'failed' && (
            <ErrorNotice error={ateraTags.error} effect="nothing-written" onRetry={() => void refresh()} />
          )}
          {ateraTags.status === 'ready' && (
            <>
              <Tags tags={ateraTags.tags} view={view} canChange={tagField.state === 'ready'} />
              {tagField.state === 'ready' && <AddAteraTag view={view} field={tagField.name ?? ''} />}
            </>
          )}
        </>
      )}
    </div>
  );
}

function Tags({ tags, view, canChange }: { tags: string[]; view: SubjectView; canChange: boolean }) {
  const add = usePanel((store) => store.add);
  const isSending = usePanel(({ adding }) => adding !== null && adding.result === null);
  if (tags.length === 0) return <p className={classes.meta}>{t('add.ateraTagNone')}</p>;
  const remove = (tag: string): void => {
    void add(view, { kind: 'remove-atera-tag', tag });
    // The button goes with its tag: the keyboard stays in this section.
    document.getElementById(ATERA_TAG_INPUT_ID)?.focus();
  };
  return (
    <ul className={classes.tags} aria-label={`${t('section.tags')}: ${vendorWord('atera')}`}>
      {tags.map((tag) => (
        <li key={tag} className={addClasses.removable}>
          <Chip>{tag}</Chip>
          {canChange && (
            <ActionIcon
              size={24}
              variant="subtle"
              color="gray"
              aria-label={t('add.ateraTagRemove', { tag })}
              disabled={isSending || view.refreshing}
              onClick={() => remove(tag)}
            >
              <IconX size={14} aria-hidden="true" />
            </ActionIcon>
          )}
        </li>
      ))}
    </ul>
  );
}
