import { useEffect } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import type { PanelStore } from '../../lib/panel/store.ts';
import { DetachedBar } from './DetachedBar.tsx';
import { FailureNotice } from './FailureNotice.tsx';
import classes from './Panel.module.css';
import { PanelHeader } from './PanelHeader.tsx';
import { PanelPage } from './PanelPage.tsx';
import { MarkedNote } from './pages/MarkedNote.tsx';
import { PanelContext } from './panel-context.ts';
import { ReceiptBar } from './receipt/ReceiptBar.tsx';
import { usePainted } from './use-painted.ts';
import { WaitNotice } from './WaitNotice.tsx';

export function Panel({ store }: { store: StoreApi<PanelStore> }) {
  useEffect(() => store.getState().connect(), [store]);
  return (
    <PanelContext value={store}>
      <PanelBody />
    </PanelContext>
  );
}

function PanelBody() {
  usePainted();
  return (
    <div className={classes.panel}>
      <PanelHeader />
      <DetachedBar />
      <WaitNotice />
      <main className={classes.main}>
        <FailureNotice />
        <PanelPage />
        <MarkedNote />
      </main>
      <ReceiptBar />
    </div>
  );
}
