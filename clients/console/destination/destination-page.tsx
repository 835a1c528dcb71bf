/** The page of one destination. Its tabs have URLs of their own. */
import Alert from '@cloudscape-design/components/alert';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { Suspense } from 'react';
import { useLocation } from 'wouter';
import { DestinationHealth } from '../deliveries/destination-health.tsx';
import { lazyPage } from '../shell/lazy-page.tsx';
import { Loading } from '../shell/loading.tsx';
import { PageBoundary } from '../shell/page-boundary.tsx';
import { DestinationsButton, hrefOf } from '../shell/page-link.tsx';
import { PageProblem } from '../shell/page-problem.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';
import { useTitle } from '../shell/use-title.ts';
import { text } from '../text.ts';
import { DeleteDestinationButton } from './delete-destination.tsx';
import { DestinationPanel } from './destination-panel.tsx';
import { type Destination, useDestination } from './destination-record.ts';
import { type DestinationTab, destinationPath, destinationTabs } from './destination-tab.ts';

const DestinationTraffic = lazyPage(() => import('../charts/destination-traffic.tsx'));
const DestinationDeliveries = lazyPage(() => import('../deliveries/destination-deliveries.tsx'));
const DestinationHistory = lazyPage(() => import('./destination-history.tsx'));

function LoadedPage({ record, tab }: { record: Destination; tab: DestinationTab }) {
  const { name, description, managedBy, pausedSince } = record;
  const [, navigate] = useLocation();
  const content = {
    settings: <DestinationPanel record={record} />,
    attempts: <DestinationTraffic name={name} createdAt={record.createdAt} />,
    deliveries: <DestinationDeliveries name={name} />,
    history: <DestinationHistory name={name} />,
  };
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={description} actions={<DeleteDestinationButton record={record} />}>
        {name}
      </Header>
      {managedBy && <Alert type="warning">{text.destination.managedElsewhere(managedBy)}</Alert>}
      {pausedSince && (
        <Alert type="info">
          {text.destination.paused} <TimeAgo at={pausedSince} />.
        </Alert>
      )}
      <DestinationHealth name={name} />
      <Tabs
        activeTabId={tab}
        onChange={({ detail }) => navigate(destinationPath(name, detail.activeTabId))}
        ariaLabel={name}
        tabs={destinationTabs.map(([id, label]) => ({
          id,
          label,
          href: hrefOf(destinationPath(name, id)),
          ...(id === tab && {
            content: (
              <PageBoundary page={tab}>
                <Suspense fallback={<Loading>{text.shell.loading}</Loading>}>{content[id]}</Suspense>
              </PageBoundary>
            ),
          }),
        }))}
      />
    </SpaceBetween>
  );
}

export default function DestinationPage({ name, tab }: { name: string; tab: DestinationTab }) {
  useTitle(`${name}: ${text.destination.tabs[tab]}`);
  const { data: record, error, refetch } = useDestination(name);
  if (record) return <LoadedPage record={record} tab={tab} />;
  return error ? (
    <PageProblem title={name} error={error} retry={refetch} way={<DestinationsButton />} />
  ) : (
    <Loading>{text.destination.loading}</Loading>
  );
}
