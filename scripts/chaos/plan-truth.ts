import { type FieldName, isCompany, type Ref, type VendorName } from '../../lib/core/contact.ts';
import type { Receipt, ReceiptField } from '../../lib/panel-state.ts';
import type { StoredReceipt } from '../../lib/services/areas.ts';
import { COMPANY_MAPPING, DEFAULT_MAPPING } from '../../lib/vendors/default-mapping.ts';
import type { Commit, Intent, Ledger } from './ledger.ts';
import type { Damage } from './oracle.ts';

export type Find = (damage: Damage, what: string) => void;

const vendorOfField = (receipt: Receipt, field: ReceiptField): VendorName =>
  field.vendor ?? receipt.target.vendor;
export const keyAt = (name: FieldName, { vendor, kind }: Pick<Ref, 'vendor' | 'kind'>): string =>
  (isCompany({ kind }) ? COMPANY_MAPPING : DEFAULT_MAPPING).find(({ field }) => field === name)?.[vendor] ??
  name;
/** Numbers may be kept in another writing. */
export const plain = (value: unknown): string => {
  const text = String(value ?? '').trim();
  return /^\+?[\d\s().-]+$/u.test(text) ? text.replaceAll(/\D/gu, '') : text.toLowerCase();
};

/** Whether what a receipt says is true. */
export function judgePlan(
  ledger: Ledger,
  intent: Intent,
  commits: readonly Commit[],
  stored: StoredReceipt | undefined,
  find: Find,
): void {
  if (!stored) {
    for (const { path } of commits)
      find('unexplained', `${path} was written, and no receipt says so (${intent.id})`);
    return;
  }
  const { receipt } = stored;
  const said = (field: ReceiptField): string => `${field.field} of ${intent.id}: ${field.outcome}`;
  const until = intent.until ?? ledger.now();
  for (const { path } of commits)
    if (![receipt.source.id, receipt.target.id].some((id) => path.includes(id)))
      find('unexplained', `${path} is not whom ${intent.id} is for`);

  for (const field of receipt.fields) {
    const vendor = vendorOfField(receipt, field);
    const ref = receipt.source.vendor === vendor ? receipt.source : receipt.target;
    const record = `${vendor} ${ref.id}`;
    const prop = keyAt(field.field, ref);
    const own = commits.find(({ path }) => path.includes(ref.id));
    const history = ledger.changes.filter(
      (change) =>
        change.record === record && change.prop === prop && change.seq > intent.from && change.seq <= until,
    );
    const values = [ledger.valueAt(record, prop, intent.from), ...history.map(({ after }) => after)];
    // Values of own fields are kept under ids; what is sent there is not followed.
    const isFollowed = !prop.startsWith('custom') && !values.includes(null);
    const wasHeld = values.some((value) => plain(value) === plain(field.sent));
    if (receipt.state === 'running' || receipt.state === 'queued') {
      find(own ? 'unexplained' : 'lost', `${said(field)}, for ever`);
      continue;
    }
    switch (field.outcome) {
      case 'verified':
        if (isFollowed && !wasHeld) find('lost', said(field));
        else if (!isFollowed && !own) find('lost', said(field));
        break;
      case 'not-stored': {
        const since = own ? history.filter(({ seq }) => seq > own.seq) : [];
        if (isFollowed && own && wasHeld && since.length === 0)
          find('unexplained', `${said(field)}, but it is`);
        break;
      }
      case 'not-written':
      case 'changed-meanwhile':
        if (own) find('unexplained', `${said(field)}, but it was`);
        break;
      case 'waiting':
      case 'sent':
      case 'accepted':
        find('unexplained', `${said(field)} in a receipt that is ${receipt.state}`);
        break;
      case 'unknown':
        break;
    }
  }
}
