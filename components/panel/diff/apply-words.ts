import type { VendorName } from '../../../lib/core/contact.ts';
import type { Direction } from '../../../lib/core/rows.ts';
import { t, tCount } from '../../../lib/i18n.ts';
import { type Choices, chosenFields, differing, possible, targetOf } from '../../../lib/panel/selectors.ts';
import { canSettle, syncOffer } from '../../../lib/panel/syncing.ts';
import type { SubjectView } from '../../../lib/panel-state.ts';
import { vendorWord } from '../../shared/error-words.ts';

export interface ApplyWords {
  /** How many fields would be written. */
  count: number;
  button: string;
  /** What it costs and may set off. */
  cost: string;
  /** What it leaves to the agent; empty when nothing. */
  open: string;
  /** Instead of all that, when nothing here can go that way. */
  impossible: string | null;
}

/** What the one button would do, in words. */
export function applyWords(view: SubjectView, direction: Direction, choices: Choices): ApplyWords {
  if (direction === 'sync') {
    const { fields, targets, conflicts } = syncOffer(view, choices.sync);
    return {
      count: fields.length,
      button: tCount('sync.button', fields.length),
      cost: syncCost(targets),
      open: conflicts > 0 ? tCount('sync.open', conflicts) : '',
      impossible: differing(view.rows).some(canSettle) ? null : t('sync.nothingPossible'),
    };
  }
  const target = targetOf(view, direction);
  const vendor = vendorWord(target);
  const count = chosenFields(view, direction, choices).length;
  const isPossible = possible(view, direction).length > 0;
  return {
    count,
    button: tCount(`${direction}.button`, count, { vendor }),
    cost: tCount(`${direction}.${target === 'ghl' ? 'costGhl' : 'costAtera'}`, count === 0 ? 0 : 1),
    open: '',
    impossible: isPossible ? null : t(`${direction}.nothingPossible`, { vendor }),
  };
}

function syncCost(targets: readonly VendorName[]): string {
  if (targets.length > 1) return t('sync.costBoth');
  if (targets.length === 0) return t('sync.costNone');
  return t(targets[0] === 'ghl' ? 'sync.costGhl' : 'sync.costAtera');
}

/** The button while it is under way. */
export const busyWords = (view: SubjectView, direction: Direction): string =>
  direction === 'sync'
    ? t('sync.busy')
    : t(`${direction}.busy`, { vendor: vendorWord(targetOf(view, direction)) });
