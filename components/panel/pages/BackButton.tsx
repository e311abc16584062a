import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { t } from '../../../lib/i18n.ts';
import type { BackTo } from '../../../lib/panel-state.ts';
import { usePanel } from '../panel-context.ts';

/** The way back from whoever was opened here: to what they were reached from, or to the search. */
export function BackButton({ back }: { back: BackTo | undefined }) {
  const leave = usePanel((store) => store.leave);
  const isBusy = usePanel((store) => store.busy !== null);
  return (
    <div>
      <Button
        size="compact-sm"
        variant="subtle"
        disabled={isBusy}
        data-landing=""
        leftSection={<IconArrowLeft size={14} aria-hidden="true" />}
        onClick={() => void leave()}
      >
        <bdi>{wordsOf(back)}</bdi>
      </Button>
    </div>
  );
}

function wordsOf(back: BackTo | undefined): string {
  if (!back) return t('search.back');
  if (back.name !== null) return t('way.back', { name: back.name });
  if (back.kind === 'agent' || back.kind === 'snmp') return t('way.toDevice');
  return t(back.kind === 'customer' || back.kind === 'business' ? 'way.toCompany' : 'way.toPerson');
}
