import type { VendorName } from '../../../lib/core/contact.ts';
import type { QuirkField, QuirkName } from '../../../lib/core/quirk.ts';
import { quirkOf, resourceInView } from '../../../lib/panel/quirks.ts';
import { quirkWords } from '../../shared/quirk-words.ts';
import { usePanel } from '../panel-context.ts';
import classes from './Diff.module.css';

interface Props {
  vendor: VendorName;
  field: QuirkField;
  /** What the field is one of; else of whatever is on screen. */
  resource?: QuirkName['resource'];
  id?: string;
}

/** Said before a write: the vendor has accepted this field before, and did not keep it. */
export function QuirkNote({ vendor, field, resource, id }: Props) {
  const quirk = useQuirk({ vendor, field, ...(resource ? { resource } : {}) });
  return quirk ? (
    <p id={id} className={classes.quirk}>
      {quirkWords(quirk)}
    </p>
  ) : null;
}

export const useQuirk = ({ vendor, field, resource }: Omit<Props, 'id'>) =>
  usePanel(({ mirror }) => quirkOf(mirror, { vendor, field, resource: resource ?? resourceInView(mirror) }));
