import { IconAlertTriangle } from '@tabler/icons-react';
import { VENDOR_NAMES, type VendorName } from '../../../lib/core/contact.ts';
import type { Evidence } from '../../../lib/core/match.ts';
import { t } from '../../../lib/i18n.ts';
import type { MatchView, PointerView, RegistryView, SubjectView } from '../../../lib/panel-state.ts';
import { vendorWord } from '../../shared/error-words.ts';
import classes from './Match.module.css';

/** What looks like a sign, and is none: nobody is linked by it. Beside whatever is certain otherwise. */
export function MatchWarnings({ view: { match, registry } }: { view: SubjectView }) {
  const sharing = sharedBy(match);
  const warnings = [
    ...(sharing > 1
      ? [{ key: 'phone', words: t('warning.sharedPhone', { count: sharing }), text: null }]
      : []),
    ...VENDOR_NAMES.flatMap((vendor) => {
      const pointer = registry?.pointers[vendor];
      const words = registry && pointer && pointerWords(vendor, registry, pointer);
      return words ? [{ key: vendor, words, text: pointer.text }] : [];
    }),
  ];
  if (warnings.length === 0) return null;
  return (
    <ul className={classes.warnings} aria-label={t('warning.title')}>
      {warnings.map(({ key, words, text }) => (
        <li key={key} className={classes.warning}>
          <IconAlertTriangle size={15} aria-hidden="true" />
          <div>
            <p dir="auto">{words}</p>
            {text !== null && (
              <p>
                {t('warning.holds')} <code dir="auto">{text}</code>
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** How many of those found have the same phone number as the person on screen. */
function sharedBy(match: MatchView): number {
  const evidence: Evidence[] =
    match.status === 'several'
      ? match.candidates.flatMap((candidate) => candidate.evidence)
      : match.status === 'linked' || match.status === 'one'
        ? match.evidence
        : [];
  return Math.max(
    0,
    ...evidence.map((sign) => (sign.kind === 'shared' && sign.sign === 'phone' ? sign.count : 0)),
  );
}

/** Null where there is nothing to warn of. */
function pointerWords(
  vendor: VendorName,
  { fields }: RegistryView,
  { state, name }: PointerView,
): string | null {
  const words = {
    field: fields[vendor].name,
    vendor: vendorWord(vendor),
    other: vendorWord(vendor === 'atera' ? 'ghl' : 'atera'),
    name: name ?? '',
  };
  switch (state) {
    case 'empty':
    case 'agrees':
      return null;
    case 'other':
      return t(name === null ? 'warning.other' : 'warning.otherNamed', words);
    default:
      return t(`warning.${state}`, words);
  }
}
