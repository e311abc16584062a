import { Button } from '@mantine/core';
import { useId } from 'react';
import { t } from '../../lib/i18n.ts';
import type { ConnectAnswer, ConnectQuestion } from '../../lib/panel-state.ts';
import { vendorWord } from '../shared/error-words.ts';
import classes from './Options.module.css';
import { Unwritten } from './Unwritten.tsx';

interface Props {
  question: ConnectQuestion;
  /** Writes that are not over; null while that is not known. */
  unwritten: number | null;
  onAnswer: (answer: ConnectAnswer) => void;
}

/** A new token is for another account, or nobody can tell: says what would be gone before it is gone. */
export function ConfirmReplace({ question, unwritten, onAnswer }: Props) {
  const id = useId();
  const { vendor, present, next, canBeSame } = question;
  const other = next ?? t('options.replaceNameless', { vendor: vendorWord(vendor) });
  return (
    <section aria-labelledby={id} className={classes.confirm}>
      <p id={id}>
        <strong dir="auto">
          {canBeSame
            ? t('options.replaceUnsure', { name: present })
            : t('options.replaceOther', { name: present, other })}
        </strong>
      </p>
      {canBeSame && <p>{t('options.replaceWhy', { vendor: vendorWord(vendor) })}</p>}
      <p>{t('options.replaceErases', { name: present })}</p>
      <Unwritten count={unwritten} />
      <p>{t('options.replaceNothing')}</p>
      <div className={classes.row}>
        {canBeSame && (
          <Button size="compact-sm" onClick={() => onAnswer('same')}>
            {t('options.replaceSame')}
          </Button>
        )}
        <Button size="compact-sm" color="red" onClick={() => onAnswer('replace')}>
          {t('options.replaceYes', { name: present })}
        </Button>
        <Button size="compact-sm" variant="default" autoFocus onClick={() => onAnswer('keep')}>
          {t('options.replaceNo', { name: present })}
        </Button>
      </div>
    </section>
  );
}
