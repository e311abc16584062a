import { ActionIcon, Loader } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconChevronDown,
  IconCircleCheck,
  IconX,
} from '@tabler/icons-react';
import { useId, useState } from 'react';
import { VENDOR_NAMES } from '../../../lib/core/contact.ts';
import type { Direction } from '../../../lib/core/rows.ts';
import { t } from '../../../lib/i18n.ts';
import { otherVendor } from '../../../lib/panel/selectors.ts';
import type { Receipt, ReceiptState } from '../../../lib/panel-state.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { Time } from '../../shared/Time.tsx';
import { PanelUndo } from '../activity/PanelUndo.tsx';
import { useEntries } from '../activity/use-taken-back.ts';
import { usePanel } from '../panel-context.ts';
import classes from './Receipt.module.css';
import { ReceiptFieldItem } from './ReceiptFieldItem.tsx';
import {
  backOf,
  backWords,
  receiptNextWords,
  receiptTone,
  receiptWords,
  regionWords,
} from './receipt-words.ts';

/** What a failure means for the data. Where one of two writes was refused, each field says so. */
const EFFECTS: Record<ReceiptState, 'unknown' | 'nothing-written' | null> = {
  queued: 'nothing-written',
  running: 'unknown',
  unknown: 'unknown',
  done: null,
  conflict: 'nothing-written',
  refused: 'nothing-written',
  failed: 'nothing-written',
};

/** Sentence, and per field how far it came. Good news is folded, everything else is open. */
export function ReceiptPanel({ receipt, direction }: { receipt: Receipt; direction: Direction }) {
  const id = useId();
  const close = usePanel((store) => store.closeReceipt);
  const load = usePanel((store) => store.refresh);
  const back = backOf(receipt, useEntries());
  const tone = back.length > 0 ? 'plain' : receiptTone(receipt);
  const [isOpen, setOpen] = useState(tone !== 'good');
  const next = receiptNextWords(receipt, direction);
  const effect = EFFECTS[receipt.state];
  const isOtherRefused = receipt.fields.every(
    ({ vendor, outcome }) => vendor !== receipt.otherError?.vendor || outcome === 'not-written',
  );
  const otherEffect = isOtherRefused && effect ? 'nothing-written' : effect;
  return (
    <section className={classes.bar} data-tone={tone} aria-label={regionWords(direction)}>
      <div className={classes.summary}>
        <span className={classes.icon} aria-hidden="true">
          {receipt.state === 'running' ? (
            <Loader size={16} />
          ) : tone === 'good' ? (
            <IconCircleCheck size={18} className={classes.tick} />
          ) : back.length > 0 ? (
            <IconArrowBackUp size={18} />
          ) : (
            <IconAlertTriangle size={18} />
          )}
        </span>
        <p className={classes.words}>
          <strong>{back.length > 0 ? backWords(back) : receiptWords(receipt, direction)}</strong>
          <span className={classes.soft}>
            {' '}
            <bdi>{t('receipt.for', { name: receipt.personName })}</bdi>, <Time at={receipt.at} />
          </span>
        </p>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-expanded={isOpen}
          aria-controls={id}
          aria-label={t(isOpen ? 'receipt.hide' : 'receipt.show')}
          title={t(isOpen ? 'receipt.hide' : 'receipt.show')}
          onClick={() => setOpen(!isOpen)}
        >
          <IconChevronDown size={16} className={classes.chevron} data-open={isOpen} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={t('receipt.dismiss')}
          title={t('receipt.dismiss')}
          onClick={close}
        >
          <IconX size={16} />
        </ActionIcon>
      </div>
      <div className={classes.undo}>
        {receipt.isSync ? (
          VENDOR_NAMES.map((vendor) => <PanelUndo key={vendor} entryId={`receipt:${receipt.id}:${vendor}`} />)
        ) : (
          <PanelUndo entryId={`receipt:${receipt.id}`} />
        )}
      </div>
      <div id={id} hidden={!isOpen} className={classes.details}>
        <ul className={classes.fields}>
          {receipt.fields.map((field) => (
            <ReceiptFieldItem
              key={`${field.field} ${field.vendor ?? ''}`}
              field={field}
              source={field.vendor ? otherVendor(field.vendor) : receipt.source.vendor}
            />
          ))}
        </ul>
        {next && <p className={classes.next}>{next}</p>}
        {receipt.error && (
          <ErrorNotice
            error={receipt.error}
            {...(effect ? { effect } : {})}
            // What waits is tried, or cancelled, in the list of what waits.
            {...(receipt.state === 'queued' ? { next: t('jobs.safe') } : { onRetry: () => void load() })}
          />
        )}
        {receipt.otherError && (
          <ErrorNotice
            error={receipt.otherError}
            {...(otherEffect ? { effect: otherEffect } : {})}
            {...(receipt.state === 'queued' ? { next: t('jobs.safe') } : {})}
          />
        )}
      </div>
    </section>
  );
}
