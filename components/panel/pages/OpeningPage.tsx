import { Skeleton } from '@mantine/core';
import { t } from '../../../lib/i18n.ts';
import { usePanel } from '../panel-context.ts';

/** Before the first answer of the background. When it failed, only the notice above is shown. */
export function OpeningPage() {
  const hasFailed = usePanel((store) => store.failure !== null);
  if (hasFailed) return <h1 className="cp-hidden">{t('extName')}</h1>;
  return (
    <div role="status" aria-label={t('page.loading')}>
      <h1 className="cp-hidden">{t('page.loading')}</h1>
      <Skeleton height={64} radius={12} mb={12} />
      <Skeleton height={160} radius={12} />
    </div>
  );
}
