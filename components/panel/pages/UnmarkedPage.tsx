import { Button } from '@mantine/core';
import { IconHelp } from '@tabler/icons-react';
import { useState } from 'react';
import { type ErrorView, toErrorView } from '../../../lib/errors.ts';
import { t } from '../../../lib/i18n.ts';
import { addressOf } from '../../../lib/panel/address.ts';
import type { MarkedRecord } from '../../../lib/panel-state.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import classes from '../Panel.module.css';
import { usePanel } from '../panel-context.ts';
import { RecentPeople } from './RecentPeople.tsx';
import { SearchBox } from './SearchBox.tsx';

type Kind = 'contact' | 'customer';
type Asked = { kind: Kind } & ({ record: MarkedRecord } | { error: ErrorView });

/** A page of Atera with a number that may be an id: the agent can say what it is about, once they have seen whose number it is. */
export function UnmarkedPage({ id, template }: { id: string; template: string }) {
  const previewMark = usePanel((store) => store.previewMark);
  const isBusy = usePanel((store) => store.busy !== null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isAsking, setAsking] = useState(false);
  const ask = async (kind: Kind): Promise<void> => {
    setAsking(true);
    setAsked(null);
    try {
      setAsked({ kind, record: await previewMark(kind, template) });
    } catch (error) {
      setAsked({ kind, error: toErrorView(error) });
    }
    setAsking(false);
  };
  return (
    <section className={classes.page}>
      <span className={classes.pageIcon} aria-hidden="true">
        <IconHelp size={22} />
      </span>
      <h1>{t('unmarked.title')}</h1>
      <p className={classes.soft}>{t('unmarked.body', { id })}</p>
      <div className={classes.actions}>
        {(['contact', 'customer'] as const).map((kind) => (
          <Button
            key={kind}
            size="sm"
            variant="default"
            disabled={isBusy || isAsking}
            onClick={() => void ask(kind)}
          >
            {t(`unmarked.${kind}`)}
          </Button>
        ))}
      </div>
      <p className={classes.small}>{t('unmarked.checked')}</p>
      <div role="status">
        {asked && 'record' in asked && (
          <Question
            kind={asked.kind}
            template={template}
            record={asked.record}
            close={() => setAsked(null)}
          />
        )}
      </div>
      {asked && 'error' in asked && <ErrorNotice error={asked.error} effect="nothing-written" />}
      <hr className={classes.divider} />
      <SearchBox />
      <RecentPeople />
    </section>
  );
}

function Question({
  kind,
  template,
  record,
  close,
}: {
  kind: Kind;
  template: string;
  record: MarkedRecord;
  close: () => void;
}) {
  const markPage = usePanel((store) => store.markPage);
  const isBusy = usePanel((store) => store.busy !== null);
  return (
    <>
      <p>
        <bdi>{t('unmarked.ask', { name: record.name })}</bdi>
      </p>
      <div className={classes.actions}>
        <Button size="sm" disabled={isBusy} onClick={() => void markPage(kind, template, record)}>
          {t('unmarked.yes')}
        </Button>
        <Button size="sm" variant="default" disabled={isBusy} onClick={close}>
          {t('unmarked.no')}
        </Button>
      </div>
      <p className={classes.small}>{t('unmarked.askWhy', { address: addressOf(template) })}</p>
    </>
  );
}
