import { useState } from 'react';
import { t } from '../../../lib/i18n.ts';
import { formatNumber } from '../../../lib/panel/format.ts';
import type { RelatedItem } from '../../../lib/panel-state.ts';
import { vendorWord } from '../../shared/error-words.ts';
import classes from './Sections.module.css';

/** Longer than this, or of more than three lines, a text is folded. */
const FOLD_LENGTH = 160;

/** Text of a note or comment: always plain text, never markup. */
export function ItemText({ item: { body, omitted, vendor, title } }: { item: RelatedItem }) {
  const [isOpen, setOpen] = useState(false);
  const isLong = body.length > FOLD_LENGTH || body.split('\n').length > 3 || omitted > 0;
  return (
    <>
      <p className={classes.body} data-folded={isLong && !isOpen} dir="auto">
        {isLong && !isOpen ? firstPart(body) : body}
      </p>
      {isOpen && omitted > 0 && (
        <p className={classes.meta}>
          {t('section.omitted', { count: formatNumber(omitted), vendor: vendorWord(vendor) })}
        </p>
      )}
      {isLong && (
        <button
          type="button"
          className={classes.more}
          aria-expanded={isOpen}
          aria-label={`${t(isOpen ? 'section.less' : 'section.more')}: ${title}`}
          onClick={() => setOpen(!isOpen)}
        >
          {t(isOpen ? 'section.less' : 'section.more')}
        </button>
      )}
    </>
  );
}

/** Enough for the folded lines: a long text is laid out only when it is asked for. */
const firstPart = (body: string): string => body.slice(0, FOLD_LENGTH * 4);
