import { IconBan, IconBellOff } from '@tabler/icons-react';
import { t } from '../../../lib/i18n.ts';
import { Chip } from '../../shared/Chip.tsx';

/** Channels as GHL names them, in either spelling of its versions. */
const WORDS = {
  all: 'optOut.all',
  sms: 'optOut.sms',
  email: 'optOut.email',
  call: 'optOut.call',
  whatsapp: 'optOut.whatsapp',
  gmb: 'optOut.gmb',
  fb: 'optOut.fb',
} as const;

const isKnown = (channel: string): channel is keyof typeof WORDS => Object.hasOwn(WORDS, channel);

const wordOf = (channel: string): string => {
  const name = channel.toLowerCase();
  return isKnown(name) ? t(WORDS[name]) : t('optOut.other', { channel });
};

/** Ways by which the person must not be contacted: loud, and in words. The block of everything comes first. */
export function OptOuts({ channels }: { channels: readonly string[] }) {
  const words = [...new Set([...channels].sort(allFirst).map(wordOf))];
  return words.map((word) => {
    const Icon = word === t('optOut.all') ? IconBan : IconBellOff;
    return (
      <Chip key={word} tone="bad" icon={<Icon size={13} aria-hidden="true" />}>
        {word}
      </Chip>
    );
  });
}

const allFirst = (a: string, b: string): number =>
  Number(b.toLowerCase() === 'all') - Number(a.toLowerCase() === 'all');
