import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { t } from '../../../lib/i18n.ts';
import { usePanel } from '../panel-context.ts';

/** The way back from a person who was found here, not shown by the page. */
export function BackToSearch() {
  const leave = usePanel((store) => store.leave);
  const isBusy = usePanel((store) => store.busy !== null);
  return (
    <div>
      <Button
        size="compact-sm"
        variant="subtle"
        disabled={isBusy}
        leftSection={<IconArrowLeft size={14} aria-hidden="true" />}
        onClick={() => void leave()}
      >
        {t('search.back')}
      </Button>
    </div>
  );
}
