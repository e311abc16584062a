import { t } from '../../lib/i18n.ts';
import classes from './Options.module.css';

/** What the encryption is worth, and what it is not. */
export function SecuritySection() {
  return (
    <section id="security" className={classes.section} aria-labelledby="security-title">
      <h2 id="security-title">{t('options.security')}</h2>
      <div className={classes.card}>
        <p>{t('security.intro')}</p>
        <h3>{t('security.protectsTitle')}</h3>
        <ul className={classes.bullets}>
          <li>{t('security.protectsCopy')}</li>
          <li>{t('security.protectsSites')}</li>
          <li>{t('security.protectsPanel')}</li>
        </ul>
        <h3>{t('security.limitsTitle')}</h3>
        <ul className={classes.bullets}>
          <li>{t('security.limitsProfile')}</li>
          <li>{t('security.limitsMalware')}</li>
        </ul>
        <p>{t('security.advice')}</p>
        <p>{t('security.noServer')}</p>
      </div>
    </section>
  );
}
