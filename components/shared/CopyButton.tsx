import { ActionIcon } from '@mantine/core';
import { IconCheck, IconCopy, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { t } from '../../lib/i18n.ts';
import { useBrowserActions } from './browser-context.ts';

const SHOWN_MS = 2_000;

/** Copies one value and says so, on screen and to a screen reader. */
export function CopyButton({ value, label }: { value: string; label: string }) {
  const { copyText } = useBrowserActions();
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null);
  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = (): void => {
    copyText(value).then(
      () => setOutcome('copied'),
      () => setOutcome('failed'),
    );
  };
  const said = outcome === null ? '' : t(outcome === 'copied' ? 'person.copied' : 'person.copyFailed');
  const Icon = outcome === 'copied' ? IconCheck : outcome === 'failed' ? IconX : IconCopy;
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={24}
        onClick={copy}
        aria-label={label}
        title={said || label}
      >
        <Icon size={14} color={outcome === 'copied' ? 'var(--cp-good)' : undefined} />
      </ActionIcon>
      <span role="status" style={{ fontSize: 11.5, color: 'var(--cp-soft)' }}>
        {said}
      </span>
    </>
  );
}
