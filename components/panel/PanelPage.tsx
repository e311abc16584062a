import type { PageView } from '../../lib/panel-state.ts';
import { BackButton } from './pages/BackButton.tsx';
import { ChosenNote } from './pages/ChosenNote.tsx';
import { CompanyPage } from './pages/CompanyPage.tsx';
import { NoAccessPage } from './pages/NoAccessPage.tsx';
import { NotConnectedPage } from './pages/NotConnectedPage.tsx';
import { NothingPage } from './pages/NothingPage.tsx';
import { OpeningPage } from './pages/OpeningPage.tsx';
import { TabGonePage } from './pages/TabGonePage.tsx';
import { UnmarkedPage } from './pages/UnmarkedPage.tsx';
import { UnreachablePage } from './pages/UnreachablePage.tsx';
import { WrongLocationPage } from './pages/WrongLocationPage.tsx';
import { usePanel } from './panel-context.ts';
import { SubjectPage } from './SubjectPage.tsx';
import { useLanding } from './use-landing.ts';

export function PanelPage() {
  const page = usePanel((store) => store.mirror?.page);
  useLanding(page ? placeOf(page) : '');
  if (!page) return <OpeningPage />;
  switch (page.kind) {
    case 'no-access':
      return <NoAccessPage origins={page.origins} />;
    case 'not-connected':
      return <NotConnectedPage missing={page.missing} />;
    case 'nothing':
      return <NothingPage samples={page.samples} />;
    case 'unmarked':
      return <UnmarkedPage key={`${page.template}#${page.id}`} id={page.id} template={page.template} />;
    case 'wrong-location':
      return (
        <WrongLocationPage pageLocationId={page.pageLocationId} accountLocationId={page.accountLocationId} />
      );
    case 'subject':
      return (
        <>
          {page.chosen && <BackButton back={page.back} />}
          {page.chosen && <ChosenNote view={page.view} />}
          <SubjectPage view={page.view} />
        </>
      );
    case 'company':
      return (
        <>
          {page.chosen && <BackButton back={page.back} />}
          <CompanyPage view={page.view} compared={page.compared ?? null} />
        </>
      );
    case 'unreachable':
      return <UnreachablePage />;
    case 'gone':
      return <TabGonePage />;
  }
}

const placeOf = (page: PageView): string =>
  page.kind === 'subject' || page.kind === 'company' ? `${page.kind}@${page.view.version}` : page.kind;
