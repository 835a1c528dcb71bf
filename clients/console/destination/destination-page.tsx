/** The page of one destination. Its tabs have URLs of their own. */
import Alert from '@cloudscape-design/components/alert';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { useLocation } from 'wouter';
import { DestinationTraffic } from '../charts/destination-traffic.tsx';
import { DestinationDeliveries } from '../deliveries/destination-deliveries.tsx';
import { DestinationHealthPanel } from '../deliveries/destination-health.tsx';
import { PageBoundary } from '../shell/page-boundary.tsx';
import { DestinationsButton, hrefOf } from '../shell/page-link.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';
import { UnreadPage } from '../shell/unread-page.tsx';
import { useTitle } from '../shell/use-title.ts';
import { text } from '../text.ts';
import { DeleteDestinationButton } from './delete-destination.tsx';
import { DestinationHistoryTab } from './destination-history.tsx';
import { DestinationPanel } from './destination-panel.tsx';
import { type DestinationAnswer, useDestination } from './destination-record.ts';
import { type DestinationTab, destinationPath, destinationTabs } from './destination-tab.ts';

function LoadedPage({ record, tab }: { record: DestinationAnswer; tab: DestinationTab }) {
  const { name, description, managedBy, pausedSince } = record;
  const [, navigate] = useLocation();
  const content = {
    settings: <DestinationPanel record={record} />,
    attempts: <DestinationTraffic name={name} createdAt={record.createdAt} />,
    deliveries: <DestinationDeliveries name={name} />,
    history: <DestinationHistoryTab name={name} />,
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
      <DestinationHealthPanel name={name} />
      <Tabs
        activeTabId={tab}
        onChange={({ detail }) => navigate(destinationPath(name, detail.activeTabId))}
        ariaLabel={name}
        tabs={destinationTabs.map(([id, label]) => ({
          id,
          label,
          href: hrefOf(destinationPath(name, id)),
          ...(id === tab && {
            content: <PageBoundary page={tab}>{content[id]}</PageBoundary>,
          }),
        }))}
      />
    </SpaceBetween>
  );
}

export function DestinationPage({ name, tab }: { name: string; tab: DestinationTab }) {
  useTitle(`${name}: ${text.destination.tabs[tab]}`);
  const { data: record, error, refetch } = useDestination(name);
  if (record) return <LoadedPage record={record} tab={tab} />;
  return (
    <UnreadPage
      title={name}
      error={error}
      retry={refetch}
      way={<DestinationsButton />}
      loading={text.destination.loading}
    />
  );
}
