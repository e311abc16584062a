import './browser.ts';
import '../../../components/shared/styles.ts';
import { createRoot } from 'react-dom/client';
import { OptionsPage } from '../../../components/options/OptionsPage.tsx';
import { Panel } from '../../../components/panel/Panel.tsx';
import { AppFrame } from '../../../components/shared/AppFrame.tsx';
import { createAccountsStore } from '../../../lib/panel/accounts-store.ts';
import type { BrowserActions, PanelApi } from '../../../lib/panel/api.ts';
import { createMappingStore } from '../../../lib/panel/mapping-store.ts';
import { createResourcesStore } from '../../../lib/panel/resources-store.ts';
import { createPanelStore } from '../../../lib/panel/store.ts';
import { createWorkStore } from '../../../lib/panel/work-store.ts';
import { DAY, makeAccount, NOW } from '../panel-fixtures.ts';
import { SCENES } from '../panel-scenes.ts';

const scene = new URLSearchParams(location.search).get('scene') ?? 'differences';
const accounts = [
  makeAccount('atera', { expiresAt: NOW + 20 * DAY }),
  makeAccount('ghl', { problem: { code: 'unauthorized', vendor: 'ghl', status: 401 } }),
];
const answers: Record<string, unknown> = {
  getPanelState: SCENES[scene],
  getAccounts: accounts,
  getMapping: null,
  getIdentity: { atera: null, ghl: null },
  getTagField: null,
  getResources: null,
  recentPeople: [],
};
const api = { send: async (type: string) => answers[type], on: () => () => {} } as unknown as PanelApi;
const browser: BrowserActions = {
  openOptions: async () => {},
  requestAccess: async () => false,
  copyText: async () => {},
  version: () => '0.1.0',
  openPanelTab: async () => {},
  goToTab: async () => {},
  watchTab: () => () => {},
  closePage: async () => {},
};

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <AppFrame browser={browser}>
      {scene === 'options' ? (
        <OptionsPage
          store={createAccountsStore(api)}
          mapping={createMappingStore(api)}
          work={createWorkStore(api)}
          resources={createResourcesStore(api)}
        />
      ) : (
        <Panel store={createPanelStore(api, { windowId: 1 })} />
      )}
    </AppFrame>,
  );
}
