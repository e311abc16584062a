import './browser.ts';
import '../../../components/shared/styles.ts';
import { createRoot, type Root } from 'react-dom/client';
import { OptionsPage } from '../../../components/options/OptionsPage.tsx';
import { Panel } from '../../../components/panel/Panel.tsx';
import { AppFrame } from '../../../components/shared/AppFrame.tsx';
import { createAccountsStore } from '../../../lib/panel/accounts-store.ts';
import { createActivityStore } from '../../../lib/panel/activity-store.ts';
import type { BrowserActions, PanelApi } from '../../../lib/panel/api.ts';
import { createMappingStore } from '../../../lib/panel/mapping-store.ts';
import { createQuirksStore } from '../../../lib/panel/quirks-store.ts';
import { createRegistryStore } from '../../../lib/panel/registry-store.ts';
import { createResourcesStore } from '../../../lib/panel/resources-store.ts';
import { createPanelStore } from '../../../lib/panel/store.ts';
import { createWorkStore } from '../../../lib/panel/work-store.ts';
import { PLAY, type Scene } from '../scene.ts';
import { ALL_SCENES } from '../scenes.ts';
import { lookProblems, setTheme, sizeProblems } from './checks.ts';
import { endWalk, enterGroup, startWalk } from './focus.ts';

const browser: BrowserActions = {
  openOptions: async () => {},
  requestAccess: async () => false,
  copyText: async () => {},
  version: () => '0.1.0',
  openPanelTab: async () => {},
  goToTab: async () => {},
  watchTab: () => () => {},
  closePage: async () => {},
  saveText: () => {},
};

function Page({ scene }: { scene: Scene }) {
  const api = {
    send: async (type: keyof Scene['handlers'], data: unknown) => scene.handlers[type]?.(data),
    on: () => () => {},
  } as unknown as PanelApi;
  return (
    <AppFrame browser={browser}>
      {scene.page === 'options' ? (
        <OptionsPage
          store={createAccountsStore(api)}
          mapping={createMappingStore(api)}
          companyMapping={createMappingStore(api, 'companies')}
          work={createWorkStore(api)}
          resources={createResourcesStore(api)}
          activity={createActivityStore(api)}
          registry={createRegistryStore(api)}
          quirks={createQuirksStore(api)}
        />
      ) : (
        <Panel store={createPanelStore(api, { windowId: 1 })} />
      )}
    </AppFrame>
  );
}

let root: Root | undefined;
const frames = async (count: number): Promise<void> => {
  for (let frame = 0; frame < count; frame += 1) await new Promise(requestAnimationFrame);
};

/** Shows a scene in place of the one before, and plays what was pressed in it. */
async function show(name: string): Promise<void> {
  const scene = ALL_SCENES[name];
  const place = document.getElementById('root');
  if (!scene || !place) throw new Error(`No scene ${name}.`);
  root?.unmount();
  root = createRoot(place);
  root.render(<Page scene={scene} />);
  await frames(3);
  await scene.play?.(PLAY);
  await frames(2);
}

const preview = {
  names: Object.keys(ALL_SCENES),
  show,
  setTheme,
  lookProblems,
  sizeProblems,
  startWalk,
  enterGroup,
  endWalk,
};

declare global {
  interface Window {
    preview: typeof preview;
  }
}
window.preview = preview;

const wanted = new URLSearchParams(location.search).get('scene');
if (wanted) void show(wanted);
