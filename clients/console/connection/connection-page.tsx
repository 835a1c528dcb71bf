/** The page of one connection. Its tabs have URLs of their own. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { TrafficTab } from '../charts/traffic-tab.tsx';
import { EventsTab } from '../events/events-tab.tsx';
import { HistoryTab } from '../history/history-tab.tsx';
import { jobHashOf } from '../jobs/job-filter.ts';
import { jobsText } from '../jobs/jobs-text.ts';
import { RejectionsTab } from '../rejections/rejections-tab.tsx';
import { RoutesTab } from '../routes/routes-tab.tsx';
import { PageBoundary } from '../shell/page-boundary.tsx';
import { hrefOf, useFollow } from '../shell/page-link.tsx';
import { UnreadPage } from '../shell/unread-page.tsx';
import { useTitle } from '../shell/use-title.ts';
import { text } from '../text.ts';
import { type ConnectionAnswer, isAdmin, useConnection } from './connection-record.ts';
import { type ConnectionTab, tabs } from './connection-tab.ts';
import { DeleteButton } from './delete-button.tsx';
import { DescriptionButton } from './description-dialog.tsx';
import { EndpointPanel } from './endpoint-panel.tsx';
import { HoldNotice } from './hold-panel.tsx';
import { noticeOf } from './notice.ts';
import { useProvider } from './provider.ts';
import { senderName } from './sender-name.ts';

const pathOf = (name: string, tab: string): string => `/connections/${name}${tab === 'endpoint' ? '' : `/${tab}`}`;

function LoadedPage({ record, tab }: { record: ConnectionAnswer; tab: ConnectionTab }) {
  const { name, description } = record;
  const [, navigate] = useLocation();
  const follow = useFollow();
  const { data: { id, name: provider } = { id: record.provider, name: record.provider } } = useProvider(
    record.provider,
  );
  const notice = noticeOf(record.endpoint, senderName({ id, name: provider }), isAdmin(record));
  const content: Record<ConnectionTab, ReactNode> = {
    endpoint: <EndpointPanel record={record} />,
    traffic: <TrafficTab name={name} createdAt={record.createdAt} />,
    events: <EventsTab name={name} />,
    routes: <RoutesTab name={name} />,
    rejections: <RejectionsTab name={name} />,
    history: <HistoryTab name={name} />,
  };
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={description ? `${provider}: ${description}` : provider}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button href={hrefOf(`/jobs${jobHashOf({ connection: name })}`)} onFollow={follow}>
              {jobsText.ofConnection}
            </Button>
            <DescriptionButton record={record} />
            <DeleteButton record={record} />
          </SpaceBetween>
        }
      >
        {name}
      </Header>
      {record.managedBy && <Alert type="warning">{text.connection.managedElsewhere(record.managedBy)}</Alert>}
      {notice && <Alert type="warning">{notice}</Alert>}
      <HoldNotice endpoint={record.endpoint} />
      <Tabs
        activeTabId={tab}
        onChange={({ detail }) => navigate(pathOf(name, detail.activeTabId))}
        ariaLabel={name}
        tabs={tabs.map(([id, label]) => ({
          id,
          label,
          href: hrefOf(pathOf(name, id)),
          ...(id === tab && {
            content: <PageBoundary page={tab}>{content[id]}</PageBoundary>,
          }),
        }))}
      />
    </SpaceBetween>
  );
}

export function ConnectionPage({ name, tab }: { name: string; tab: ConnectionTab }) {
  useTitle(`${name}: ${text.connection.tabs[tab]}`);
  const { data: record, error, refetch } = useConnection(name);
  if (record) return <LoadedPage record={record} tab={tab} />;
  return <UnreadPage title={name} error={error} retry={refetch} loading={text.connection.loading} />;
}
