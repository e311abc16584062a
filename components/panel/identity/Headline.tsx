import { t } from '../../../lib/i18n.ts';
import type { SubjectView } from '../../../lib/panel-state.ts';
import { VendorMark } from '../../shared/VendorMark.tsx';
import classes from './Identity.module.css';

export function Headline({ view: { subject, headline } }: { view: SubjectView }) {
  return (
    <p className={classes.headline}>
      <VendorMark vendor={subject.vendor} />
      <span className={classes.headlineText} dir="auto">
        {headline
          ? [t(`subject.${subject.kind}`, { number: headline.number }), headline.title]
              .filter(Boolean)
              .join(' · ')
          : t('subject.loading')}
      </span>
    </p>
  );
}
