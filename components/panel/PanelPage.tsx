import { BackToSearch } from './pages/BackToSearch.tsx';
import { CustomerPage } from './pages/CustomerPage.tsx';
import { NoAccessPage } from './pages/NoAccessPage.tsx';
import { NotConnectedPage } from './pages/NotConnectedPage.tsx';
import { NothingPage } from './pages/NothingPage.tsx';
import { OpeningPage } from './pages/OpeningPage.tsx';
import { TabGonePage } from './pages/TabGonePage.tsx';
import { UnmarkedPage } from './pages/UnmarkedPage.tsx';
import { WrongLocationPage } from './pages/WrongLocationPage.tsx';
import { usePanel } from './panel-context.ts';
import { SubjectPage } from './SubjectPage.tsx';

export function PanelPage() {
  const page = usePanel((store) => store.mirror?.page);
  if (!page) return <OpeningPage />;
  switch (page.kind) {
    case 'no-access':
      return <NoAccessPage origins={page.origins} />;
    case 'not-connected':
      return <NotConnectedPage missing={page.missing} />;
    case 'nothing':
      return <NothingPage samples={page.samples} />;
    case 'unmarked':
      return <UnmarkedPage id={page.id} template={page.template} />;
    case 'wrong-location':
      return (
        <WrongLocationPage pageLocationId={page.pageLocationId} accountLocationId={page.accountLocationId} />
      );
    case 'subject':
      return (
        <>
          {page.chosen && <BackToSearch />}
          <SubjectPage view={page.view} />
        </>
      );
    case 'customer':
      return <CustomerPage view={page.view} />;
    case 'gone':
      return <TabGonePage />;
  }
}
