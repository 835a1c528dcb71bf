/** The page of one connection. Its tabs have URLs of their own. */
import Alert from '@cloudscape-design/components/alert';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import Tabs from '@cloudscape-design/components/tabs';
import { lazy, type ReactNode, Suspense } from 'react';
import { useLocation } from 'wouter';
import { hrefOf } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { withButtons } from '../shell/route-buttons.ts';
import { useTitle } from '../shell/use-title.ts';
import { text } from '../text.ts';
import { useConnection } from './connection-record.ts';
import { type ConnectionTab, tabs } from './connection-tab.ts';
import { DeleteButton } from './delete-button.tsx';
import { EndpointPanel } from './endpoint-panel.tsx';

const EventsTab = lazy(() => import('../events/events-tab.tsx'));
const RejectionsTab = lazy(() => import('../rejections/rejections-tab.tsx'));
const HistoryTab = lazy(() => import('../history/history-tab.tsx'));

const pathOf = (name: string, tab: string): string => `/connections/${name}${tab === 'endpoint' ? '' : `/${tab}`}`;

export default function ConnectionPage({ name, tab }: { name: string; tab: ConnectionTab }) {
  useTitle(`${name}: ${text.connection.tabs[tab]}`);
  const { data: record, error, refetch } = useConnection(name);
  const [, navigate] = useLocation();
  if (!record) return error ? <ProblemAlert error={error} retry={refetch} /> : <Spinner size="large" />;
  const content: Record<ConnectionTab, ReactNode> = {
    endpoint: <EndpointPanel record={record} />,
    events: <EventsTab name={name} />,
    rejections: <RejectionsTab name={name} />,
    history: <HistoryTab name={name} />,
  };
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={record.description || undefined} actions={<DeleteButton record={record} />}>
        {record.name}
      </Header>
      {record.managedBy && <Alert type="warning">{text.connection.managedElsewhere(record.managedBy.logicalId)}</Alert>}
      {record.note && <Alert type="info">{withButtons(record.note)}</Alert>}
      <Tabs
        activeTabId={tab}
        onChange={({ detail }) => navigate(pathOf(name, detail.activeTabId))}
        ariaLabel={record.name}
        tabs={tabs.map(([id, label]) => ({
          ...{ id, label, href: hrefOf(pathOf(name, id)) },
          ...(id === tab && { content: <Suspense fallback={<Spinner size="large" />}>{content[id]}</Suspense> }),
        }))}
      />
    </SpaceBetween>
  );
}
