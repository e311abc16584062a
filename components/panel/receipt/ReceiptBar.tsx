import { directionOfReceipt, receiptKey, subjectOf } from '../../../lib/panel/selectors.ts';
import { useEntries } from '../activity/use-taken-back.ts';
import { usePanel } from '../panel-context.ts';
import { ReceiptPanel } from './ReceiptPanel.tsx';
import { backOf, receiptWords } from './receipt-words.ts';

/** What was just done, at the bottom. The sentence is also in a region that is read out when it changes. */
export function ReceiptBar() {
  const view = usePanel(({ mirror }) => subjectOf(mirror));
  const closed = usePanel((store) => store.closedReceipt);
  const receipt = view?.receipt ?? null;
  const direction = view && receipt ? directionOfReceipt(view, receipt) : 'push';
  // That it was taken back is read out by the undo itself.
  const entries = useEntries();
  const isBack = receipt !== null && backOf(receipt, entries).length > 0;
  const isShown = receipt !== null && receiptKey(receipt) !== closed;
  return (
    <>
      <div role="status" className="cp-hidden" data-testid="receipt-said">
        {receipt && !isBack ? receiptWords(receipt, direction) : ''}
      </div>
      {isShown && <ReceiptPanel key={receiptKey(receipt)} receipt={receipt} direction={direction} />}
    </>
  );
}
