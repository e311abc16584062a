import { Button } from '@mantine/core';
import { t } from '../../../lib/i18n.ts';
import { addressOf } from '../../../lib/panel/address.ts';
import classes from '../Panel.module.css';
import { usePanel } from '../panel-context.ts';

/** Says why a page is recognised that Counterpart does not know by itself, and takes it back. */
export function MarkedNote() {
  const template = usePanel((store) => store.mirror?.template ?? null);
  const unmarkPage = usePanel((store) => store.unmarkPage);
  if (template === null) return null;
  return (
    <p className={classes.small}>
      {t('unmarked.marked', { address: addressOf(template) })}{' '}
      <Button size="compact-xs" variant="subtle" onClick={() => void unmarkPage(template)}>
        {t('unmarked.forget')}
      </Button>
    </p>
  );
}
