import '../../components/shared/styles.ts';
import { createRoot } from 'react-dom/client';
import { OptionsPage } from '../../components/options/OptionsPage.tsx';
import { AppFrame } from '../../components/shared/AppFrame.tsx';
import { createAccountsStore } from '../../lib/panel/accounts-store.ts';
import { createActivityStore } from '../../lib/panel/activity-store.ts';
import { browserActions } from '../../lib/panel/browser-actions.ts';
import { createMappingStore } from '../../lib/panel/mapping-store.ts';
import { createQuirksStore } from '../../lib/panel/quirks-store.ts';
import { createRegistryStore } from '../../lib/panel/registry-store.ts';
import { createResourcesStore } from '../../lib/panel/resources-store.ts';
import { createWorkStore } from '../../lib/panel/work-store.ts';
import { createMessenger } from '../../lib/platform/messenger.ts';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root.');

const messenger = createMessenger();
const store = createAccountsStore(messenger);
const mapping = createMappingStore(messenger);
const work = createWorkStore(messenger);
createRoot(root).render(
  <AppFrame browser={browserActions}>
    <OptionsPage
      store={store}
      mapping={mapping}
      companyMapping={createMappingStore(messenger, 'companies')}
      work={work}
      resources={createResourcesStore(messenger)}
      activity={createActivityStore(messenger)}
      registry={createRegistryStore(messenger)}
      quirks={createQuirksStore(messenger)}
    />
  </AppFrame>,
);
