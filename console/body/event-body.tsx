/** The body of an event: formatted if it is JSON, and always as text and as bytes. What is no text begins with its bytes. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { useMemo } from 'react';
import {
  base64Of,
  bytesOf,
  exactTextOf,
  extensionOf,
  formattedJson,
  hexOf,
  maxHexBytes,
  maxShownBytes,
  textOf,
} from '../events/body-bytes.ts';
import { CopyButton } from '../shell/copy-button.tsx';
import { text } from '../text.ts';
import './event-body.css';
import type { StoredEvent } from '../events/event-reads.ts';

/** Saves the exact bytes as a file. The type keeps a browser from showing the file as a page. */
function download(bytes: Uint8Array, id: string): void {
  const url = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${id}.${extensionOf(bytes)}`;
  link.click();
  URL.revokeObjectURL(url);
}

/** A scrolled region must be reachable by keyboard, and a region has a name. */
const Code = ({ children }: { children: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: without it, the keyboard can't scroll the body.
  <section className="event-body" tabIndex={0} aria-label={text.event.body}>
    {children}
  </section>
);

/**
 * What a person can do with the body, and its views.
 * @param compact without a box and a title, for a place that has its own, such as a preview beside a list
 */
export function EventBody({ event, compact = false }: { event: StoredEvent; compact?: boolean }) {
  const bytes = useMemo(() => bytesOf(event), [event]);
  if (!bytes) return <Alert type="info">{event.bodyWithheld}</Alert>;
  const formatted = formattedJson(bytes);
  const exact = exactTextOf(bytes);
  const view = (id: 'pretty' | 'asText' | 'asHex', shown: string, limit: number) => ({
    id,
    label: text.event[id],
    content: (
      <>
        {bytes.length > limit && <Box variant="p">{text.event.part(limit, bytes.length)}</Box>}
        <Code>{shown}</Code>
      </>
    ),
  });
  const asText = view('asText', textOf(bytes), maxShownBytes);
  const asHex = view('asHex', hexOf(bytes), maxHexBytes);
  const views = [
    ...(formatted === undefined ? [] : [view('pretty', formatted, maxShownBytes)]),
    ...(exact === undefined ? [asHex, asText] : [asText, asHex]),
  ];
  const shown = bytes.length === 0 ? text.event.noBody : <Tabs tabs={views} ariaLabel={text.event.body} />;
  const actions = (
    <SpaceBetween direction="horizontal" size="xs">
      <CopyButton
        label={exact === undefined ? text.event.copyBase64 : text.event.copy}
        read={async () => exact ?? base64Of(bytes)}
      />
      <Button iconName="download" onClick={() => download(bytes, event.id)}>
        {text.event.download}
      </Button>
    </SpaceBetween>
  );
  if (compact)
    return (
      <SpaceBetween size="s">
        {actions}
        {shown}
      </SpaceBetween>
    );
  return (
    <Container
      header={
        <Header variant="h2" actions={actions}>
          {text.event.body}
        </Header>
      }
    >
      {shown}
    </Container>
  );
}
