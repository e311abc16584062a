import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { ErrorView } from '../../lib/errors.ts';
import { t } from '../../lib/i18n.ts';
import { relativeTime } from '../../lib/panel/format.ts';
import { useBrowserActions } from './browser-context.ts';
import classes from './ErrorNotice.module.css';
import { errorWords, vendorWord } from './error-words.ts';

interface Props {
  error: ErrorView;
  /** What this means for the data at the vendors, where something could have been written. */
  effect?: 'nothing-written' | 'unknown';
  /** Replaces the sentence on what happened. */
  title?: string;
  /** Replaces what to do, where the place knows better than the error. */
  next?: string;
  onRetry?: (() => void) | undefined;
  /** On the settings page itself no way there is offered. */
  isSettings?: boolean;
}

/** What happened, why, what it means for the data, and what to do next. Words of a vendor are shown as text. */
export function ErrorNotice({ error, effect, title, next, onRetry, isSettings = false }: Props) {
  const { openOptions } = useBrowserActions();
  const [shownAt] = useState(() => Date.now());
  const words = errorWords(error);
  const facts = factsOf(error, shownAt);
  return (
    <div role="alert" className={classes.notice}>
      <IconAlertTriangle size={18} className={classes.icon} aria-hidden="true" />
      <div className={classes.text}>
        <p className={classes.what}>{title ?? words.what}</p>
        <p>{title ? words.what : words.cause}</p>
        {effect && (
          <p className={classes.effect}>
            {t(effect === 'unknown' ? 'notice.unknownWritten' : 'notice.nothingWritten')}
          </p>
        )}
        <p>{next ?? (effect === 'unknown' ? t('notice.unknownNext') : words.next)}</p>
        {error.vendorMessages && error.vendorMessages.length > 0 && (
          <div>
            <p className={classes.fact}>{t('notice.vendorSays', { vendor: vendorWord(error.vendor) })}</p>
            <ul className={classes.messages}>
              {error.vendorMessages.map((message) => (
                <li key={message} dir="auto">
                  {message}
                </li>
              ))}
            </ul>
          </div>
        )}
        {facts.length > 0 && (
          <ul className={classes.fact}>
            {facts.map((fact) => (
              <li key={fact}>{fact}</li>
            ))}
          </ul>
        )}
        {words.where && <p>{words.where}</p>}
        <div className={classes.actions}>
          {words.canRetry && onRetry && (
            <Button size="compact-sm" variant="default" onClick={onRetry}>
              {t('notice.retry')}
            </Button>
          )}
          {words.needsSettings && !isSettings && (
            <Button size="compact-sm" variant="default" onClick={() => void openOptions(error.vendor)}>
              {t('notice.settings')}
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}

function factsOf({ code, scope, retryAfterMs }: ErrorView, now: number): string[] {
  return [
    // Every call knows the right that it needs: it is missing where the vendor said so.
    code === 'forbidden' && scope && t('notice.scope', { scope }),
    retryAfterMs !== undefined && t('notice.retryAfter', { when: relativeTime(now + retryAfterMs, now) }),
  ].filter((fact): fact is string => typeof fact === 'string' && fact !== '');
}
