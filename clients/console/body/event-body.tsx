/** The body of an event, as people read it: JSON and XML folded, forms as fields, images drawn, and always as text and as bytes. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs, { type TabsProps } from '@cloudscape-design/components/tabs';
import { useEffect, useMemo, useState } from 'react';
import { base64Of, bytesOf, exactTextOf, extensionOf } from '../events/body-bytes.ts';
import type { EventAnswer } from '../events/event-reads.ts';
import { CopyButton } from '../shell/copy-button.tsx';
import { Loading } from '../shell/loading.tsx';
import { text } from '../text.ts';
import { BodyImage } from './body-image.tsx';
import { bodyText } from './body-text.ts';
import { type BodyWork, workOn } from './body-work.ts';
import { hexPage, pageLength, textPage } from './byte-pages.ts';
import './event-body.css';
import { Section } from '../shell/section.tsx';
import { FoldedText } from './folded-text.tsx';
import { isForm } from './form-fields.ts';
import { FormTable } from './form-table.tsx';
import { imageTypeOf } from './image-type.ts';
import { PagedCode } from './paged-code.tsx';
import type { ReadText } from './read-text.ts';

/** Saves the exact bytes as a file. The type keeps a browser from showing the file as a page. */
function download(bytes: Uint8Array, id: string): void {
  const url = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${id}.${extensionOf(bytes)}`;
  link.click();
  URL.revokeObjectURL(url);
}

/** The bytes, and what they are. */
interface Content {
  bytes: Uint8Array;
  /** Undefined if they are no UTF-8. */
  exact: string | undefined;
  image: string | undefined;
}

/** Stays the same while the event is read again: its bytes never change. */
function useContent({ body, bodyBase64 }: EventAnswer): Content | undefined {
  return useMemo(() => {
    const bytes = bytesOf({ ...(body !== undefined && { body }), ...(bodyBase64 !== undefined && { bodyBase64 }) });
    return bytes && { bytes, exact: exactTextOf(bytes), image: imageTypeOf(bytes) };
  }, [body, bodyBase64]);
}

/** What the text is. Undefined until that is known. */
function useReadText(exact: string | undefined) {
  const [known, setKnown] = useState<{ exact: string; work: BodyWork; read: ReadText | undefined }>();
  useEffect(() => {
    if (exact === undefined) return undefined;
    const work = workOn(exact);
    let isOver = false;
    void work.read().then((read) => {
      if (!isOver) setKnown({ exact, work, read });
    });
    return () => {
      isOver = true;
      work.end();
    };
  }, [exact]);
  return known?.exact === exact ? known : undefined;
}

const textTab = (exact: string): TabsProps.Tab => ({
  id: 'asText',
  label: text.event.asText,
  content: (
    <PagedCode
      length={exact.length}
      ofPage={pageLength.text}
      show={(page) => textPage(exact, page)}
      say={bodyText.shownCharacters}
    />
  ),
});

const bytesTab = (bytes: Uint8Array): TabsProps.Tab => ({
  id: 'asHex',
  label: text.event.asHex,
  content: (
    <PagedCode
      isUnwrapped
      length={bytes.length}
      ofPage={pageLength.hex}
      show={(page) => hexPage(bytes, page)}
      say={bodyText.shownBytes}
    />
  ),
});

interface ViewsProps {
  content: Content;
  contentType: string | undefined;
  compact: boolean;
  wanted: string;
}

/** What people read comes first, then the text and the bytes as they came. */
function Views({ content: { bytes, exact, image }, contentType = '', compact, wanted }: ViewsProps) {
  const known = useReadText(exact);
  if (exact !== undefined && !known) return <Loading>{bodyText.loading}</Loading>;
  const decoded = exact ?? new TextDecoder().decode(bytes);
  const plain = [textTab(decoded), bytesTab(bytes)];
  const tabs: TabsProps.Tab[] = [
    ...(known?.read && exact !== undefined
      ? [
          {
            id: 'pretty',
            label: text.event.pretty,
            content: (
              <section aria-label={text.event.body}>
                <FoldedText text={exact} readText={known.read} work={known.work} compact={compact} wanted={wanted} />
              </section>
            ),
          },
        ]
      : []),
    ...(isForm(contentType)
      ? [
          {
            id: 'fields',
            label: bodyText.fields,
            content: <FormTable bytes={bytes} text={exact} contentType={contentType} />,
          },
        ]
      : []),
    ...(image === undefined
      ? []
      : [{ id: 'image', label: bodyText.image, content: <BodyImage bytes={bytes} type={image} /> }]),
    ...(exact === undefined ? plain.toReversed() : plain),
  ];
  return <Tabs tabs={tabs} ariaLabel={text.event.body} />;
}

interface EventBodyProps {
  event: EventAnswer;
  compact?: boolean;
  wanted?: string;
}

/**
 * What a person can do with the body, and its views.
 * @param compact without a box and a title, for a place that has its own, such as a preview beside a list
 * @param wanted what to look for at first
 */
export function EventBody({ event, compact = false, wanted = '' }: EventBodyProps) {
  const content = useContent(event);
  if (!content) {
    const withheld = <Alert type="info">{event.bodyWithheld}</Alert>;
    if (compact) return withheld;
    return <Section title={text.event.body}>{withheld}</Section>;
  }
  const { bytes, exact } = content;
  const shown =
    bytes.length === 0 ? (
      text.event.noBody
    ) : (
      <Views content={content} contentType={event.headers['content-type']} compact={compact} wanted={wanted} />
    );
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
    <Section title={text.event.body} actions={actions}>
      {shown}
    </Section>
  );
}
