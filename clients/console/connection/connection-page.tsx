/** The page of one connection. Its tabs have URLs of their own. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { type ReactNode, Suspense } from 'react';
import { useLocation } from 'wouter';
import { jobHashOf } from '../jobs/job-filter.ts';
import { jobsText } from '../jobs/jobs-text.ts';
import { lazyPage } from '../shell/lazy-page.tsx';
import { Loading } from '../shell/loading.tsx';
import { PageBoundary } from '../shell/page-boundary.tsx';
import { hrefOf, useFollow } from '../shell/page-link.tsx';
import { PageProblem } from '../shell/page-problem.tsx';
import { useTitle } from '../shell/use-title.ts';
import { text } from '../text.ts';
import { type Connection, isAdmin, useConnection } from './connection-record.ts';
import { type ConnectionTab, tabs } from './connection-tab.ts';
import { DeleteButton } from './delete-button.tsx';
import { DescriptionButton } from './description-dialog.tsx';
import { EndpointPanel } from './endpoint-panel.tsx';
import { HoldNotice } from './hold-panel.tsx';
import { noticeOf } from './notice.ts';
import { useProvider } from './provider.ts';
import { senderName } from './sender-name.ts';

const TrafficTab = lazyPage(() => import('../charts/traffic-tab.tsx'));
const EventsTab = lazyPage(() => import('../events/events-tab.tsx'));
const RoutesTab = lazyPage(() => import('../routes/routes-tab.tsx'));
const RejectionsTab = lazyPage(() => import('../rejections/rejections-tab.tsx'));
const HistoryTab = lazyPage(() => import('../history/history-tab.tsx'));

const pathOf = (name: string, tab: string): string => `/connections/${name}${tab === 'endpoint' ? '' : `/${tab}`}`;

function LoadedPage({ record, tab }: { record: Connection; tab: ConnectionTab }) {
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

export default function ConnectionPage({ name, tab }: { name: string; tab: ConnectionTab }) {
  useTitle(`${name}: ${text.connection.tabs[tab]}`);
  const { data: record, error, refetch } = useConnection(name);
  if (record) return <LoadedPage record={record} tab={tab} />;
  return error ? (
    <PageProblem title={name} error={error} retry={refetch} />
  ) : (
    <Loading>{text.connection.loading}</Loading>
  );
}
