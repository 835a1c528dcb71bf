/** One event: what came, exactly, and a button that publishes it again. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import type { ApiClient } from '../../../shared/operators/api/api-client.ts';
import { BodyDifference } from '../body/body-difference.tsx';
import { EventBody } from '../body/event-body.tsx';
import { inByteOrder } from '../body/visible-text.ts';
import { byteSize } from '../byte-size.ts';
import { EventDeliveries } from '../deliveries/event-deliveries.tsx';
import { eventsText } from '../events-text.ts';
import { absoluteTime, exactTime } from '../relative-time.ts';
import { routesText } from '../routes-text.ts';
import { useSend } from '../session/queries.tsx';
import { useSession } from '../session/session.tsx';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { CopyButton } from '../shell/copy-button.tsx';
import { hrefOf, useFollow } from '../shell/page-link.tsx';
import { Section } from '../shell/section.tsx';
import { UnreadPage } from '../shell/unread-page.tsx';
import { useTitle } from '../shell/use-title.ts';
import { text } from '../text.ts';
import { bytesOf, exactTextOf } from './body-bytes.ts';
import { curlCommand } from './curl-command.ts';
import { type EventAnswer, useEvent } from './event-reads.ts';
import { eventText } from './event-text.ts';
import { EventTimeline } from './event-timeline.tsx';
import { EventWay } from './event-way.tsx';
import { GoesTo } from './goes-to.tsx';
import { NeighbourButtons } from './neighbour-buttons.tsx';
import { useTimeline } from './timeline-reads.ts';
import { useWanted } from './wanted-text.ts';

const headerColumns: TableProps.ColumnDefinition<{ name: string; value: string }>[] = [
  { id: 'name', header: text.event.headerName, isRowHeader: true, minWidth: 140, cell: ({ name }) => name },
  { id: 'value', header: text.event.headerValue, cell: ({ value }) => <span className="header-value">{value}</span> },
];

function Facts({ event }: { event: EventAnswer }) {
  const { replays = 0, deliveryId, path, query } = event;
  return (
    <KeyValuePairs
      columns={3}
      minColumnWidth={200}
      items={[
        { label: text.events.time, value: exactTime(event.receivedAt) },
        { label: text.events.type, value: inByteOrder(event.type) },
        ...(deliveryId
          ? [
              {
                label: text.events.deliveryId,
                value: (
                  <>
                    {inByteOrder(deliveryId)}{' '}
                    <CopyButton label={eventText.copyDeliveryId} variant="inline-link" read={async () => deliveryId} />
                  </>
                ),
              },
            ]
          : []),
        { label: text.event.verifiedBy, value: eventsText.proofs[event.verifiedBy] },
        { label: text.event.sourceIp, value: event.sourceIp },
        { label: text.events.size, value: byteSize(event.size) },
        { label: text.event.publication, value: text.event.publications[event.publication] },
        { label: text.event.replays, value: replays },
        { label: text.event.expires, value: absoluteTime(event.expiresAt) },
        ...(path ? [{ label: text.event.path, value: inByteOrder(path) }] : []),
        ...(query ? [{ label: text.event.query, value: inByteOrder(query) }] : []),
        ...(event.sha256 ? [{ label: text.event.sha256, value: <Box variant="code">{event.sha256}</Box> }] : []),
        {
          label: text.events.id,
          value: (
            <>
              {event.id} <CopyButton label={eventText.copyId} variant="inline-link" read={async () => event.id} />
            </>
          ),
        },
      ]}
    />
  );
}

/** The button that asks and replays, and what came of it, which needs more room than there is beside a button. */
function useReplay({ connection: name, id }: EventAnswer, readAgain: () => void) {
  const [isAsking, setIsAsking] = useState(false);
  const { mutate, isPending, error, data, reset } = useSend(
    (api) => api.call('POST /v1/connections/{name}/events/{id}/replay', { params: { name, id } }),
    () => {
      setIsAsking(false);
      readAgain();
    },
  );
  function ask() {
    reset();
    setIsAsking(true);
  }
  const button = <Button onClick={ask}>{text.event.replay}</Button>;
  const question = isAsking && (
    <ConfirmDialog
      title={text.event.replayTitle}
      action={text.event.replay}
      isBusy={isPending}
      error={error}
      confirm={() => mutate()}
      dismiss={() => setIsAsking(false)}
    >
      <GoesTo name={name} />
    </ConfirmDialog>
  );
  // Only with a result: an empty part would still take a gap.
  const result = data && (
    <LiveRegion>
      <Alert type="success">{text.event.replayed(data.replay)}</Alert>
    </LiveRegion>
  );
  return { button, question, result };
}

/** Whether the body may hold the token. If nobody knows, it may. */
async function mayHoldToken(api: ApiClient, name: string): Promise<boolean> {
  try {
    const { endpoint } = await api.call('GET /v1/connections/{name}', { params: { name } });
    const auth = endpoint?.auth;
    return auth === undefined || ('accept' in auth && auth.accept.some((placement) => placement.in === 'body'));
  } catch {
    return true;
  }
}

/** Not offered without the body, which this operator may not read. */
function CopyCurl({ name, event }: { name: string; event: EventAnswer }) {
  const { api } = useSession();
  const bytes = bytesOf(event);
  if (!bytes) return undefined;
  const read = async () =>
    curlCommand(event, { bytes, exact: exactTextOf(bytes), mayHoldToken: await mayHoldToken(api, name) });
  return <CopyButton label={eventText.curl} read={read} />;
}

function Shown({ name, event, readAgain }: { name: string; event: EventAnswer; readAgain: () => void }) {
  const follow = useFollow();
  const replay = useReplay(event, readAgain);
  const timeline = useTimeline(name, event);
  const wanted = useWanted();
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={
          <>
            {exactTime(event.receivedAt)}, {byteSize(event.size)}
          </>
        }
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <NeighbourButtons name={name} event={event} />
            <CopyCurl name={name} event={event} />
            <Button href={hrefOf(`/connections/${name}/routes?event=${event.id}`)} onFollow={follow}>
              {routesText.dryRun.ofEvent}
            </Button>
            {replay.button}
          </SpaceBetween>
        }
      >
        {inByteOrder(event.type)}
      </Header>
      {replay.result}
      {replay.question}
      {event.bytesAltered && <Alert type="warning">{text.event.altered}</Alert>}
      <EventWay name={name} event={event} timeline={timeline.data} />
      <EventBody event={event} wanted={wanted} />
      <EventDeliveries name={name} id={event.id} />
      <Section title={text.event.facts}>
        <Facts event={event} />
      </Section>
      <EventTimeline timeline={timeline} />
      <BodyDifference name={name} event={event} />
      <Table
        items={Object.entries(event.headers).map(([name, value]) => ({
          name,
          value: inByteOrder(String(value)),
        }))}
        columnDefinitions={headerColumns}
        variant="container"
        contentDensity="compact"
        cellVerticalAlign="top"
        trackBy="name"
        wrapLines
        header={<Header variant="h2">{text.event.headers}</Header>}
      />
    </SpaceBetween>
  );
}

export function EventDetailsPage({ name, id }: { name: string; id: string }) {
  const { data: event, error, refetch } = useEvent(name, id);
  useTitle(`${event ? `${inByteOrder(event.type)}, ` : ''}${id}: ${name}`);
  if (event) return <Shown name={name} event={event} readAgain={refetch} />;
  return <UnreadPage title={id} error={error} retry={refetch} loading={text.event.loading} />;
}
