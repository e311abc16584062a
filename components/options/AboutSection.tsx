import { t } from '../../lib/i18n.ts';
import { useBrowserActions } from '../shared/browser-context.ts';
import classes from './Options.module.css';

export function AboutSection() {
  const { version } = useBrowserActions();
  return (
    <section id="about" className={classes.section} aria-labelledby="about-title">
      <h2 id="about-title">{t('options.about')}</h2>
      <div className={classes.card}>
        <p>
          <strong>{t('extName')}</strong>
        </p>
        <p>{t('about.purpose')}</p>
        <p className={classes.soft}>{t('about.version', { version: version() })}</p>
      </div>
    </section>
  );
}
