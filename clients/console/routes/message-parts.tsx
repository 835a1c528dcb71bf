/** What a destination gets, or would get: its method, its body and its headers. */
import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ShownMessage as Message } from '../../../shared/deliveries/route/routes-test.ts';
import { byteSize } from '../byte-size.ts';
import { formattedJson } from '../events/body-bytes.ts';
import { routesText } from '../routes-text.ts';
import { Code } from './code.tsx';

const words = routesText.dryRun;

/** As many for each value, so that they say nothing of it. */
const dots = '••••••••';

/** The body as a person reads it. */
function bodyText({ body = '', bodyBase64, isCut }: Message): string {
  if (bodyBase64 !== undefined) return bodyBase64;
  return (isCut ? undefined : formattedJson(new TextEncoder().encode(body))) ?? body;
}

interface MessagePartsProps {
  sent: Message;
  /** The names of headers that are sent with values that are not shown. */
  hidden?: readonly string[];
  /** What is said of the headers. */
  hint: string;
}

export function MessageParts({ sent, hidden = [], hint }: MessagePartsProps) {
  const { method, bytes, headers, body, bodyBase64, isCut } = sent;
  const isShown = bodyBase64 !== undefined || body !== undefined;
  const lines = [...Object.entries(headers), ...hidden.map((name) => [name, dots])].map(
    ([name, value]) => `${name}: ${value}`,
  );
  return (
    <SpaceBetween size="xs">
      <Box>{words.sent(method, byteSize(bytes))}</Box>
      {isShown && bytes > 0 && (
        <div>
          <Box variant="awsui-key-label">{words.body}</Box>
          {bodyBase64 !== undefined && <Box>{words.binary}</Box>}
          <Code>{bodyText(sent)}</Code>
          {isCut && <Box color="text-body-secondary">{words.isCut}</Box>}
        </div>
      )}
      {bytes === 0 && <Box color="text-body-secondary">{words.emptyBody}</Box>}
      <ExpandableSection headerText={words.headers}>
        <Box color="text-body-secondary">{hint}</Box>
        <Code>{lines.join('\n')}</Code>
      </ExpandableSection>
    </SpaceBetween>
  );
}
