import '../../components/shared/styles.ts';
import { createRoot } from 'react-dom/client';
import { Panel } from '../../components/panel/Panel.tsx';
import { AppFrame } from '../../components/shared/AppFrame.tsx';
import { targetFromSearch } from '../../lib/panel/api.ts';
import { browserActions, currentWindowId } from '../../lib/panel/browser-actions.ts';
import { createPanelStore } from '../../lib/panel/store.ts';
import { createMessenger } from '../../lib/platform/messenger.ts';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root.');

const target = targetFromSearch(location.search, await currentWindowId());
const store = createPanelStore(createMessenger(), target);
createRoot(root).render(
  <AppFrame browser={browserActions}>
    <Panel store={store} />
  </AppFrame>,
);
