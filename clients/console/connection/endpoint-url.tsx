/** The URL of an endpoint, and the buttons that copy it. */
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { CopyButton } from '../shell/copy-button.tsx';
import { text } from '../text.ts';
import type { ChangeOfConnection, ConnectionAnswer, EndpointAnswer } from './connection-record.ts';
import { hasTokenInUrl, maskedUrlOf, pasteUrlOf } from './paste-url.ts';
import { reveal } from './reveal.ts';

interface EndpointUrlProps {
  record: ConnectionAnswer;
  endpoint: EndpointAnswer;
  change: ChangeOfConnection;
}

export function EndpointUrl({ record, endpoint, change }: EndpointUrlProps) {
  const { url } = endpoint;
  if (url === null) return <Box color="text-body-secondary">{text.endpoint.noUrl}</Box>;
  const hasToken = hasTokenInUrl(endpoint);
  const isSecret = hasToken && record.allowedActions.includes('revealToken');

  async function readUrl() {
    const answer = await reveal(change, record.name);
    return answer && pasteUrlOf(answer);
  }

  /** A command that sends a webhook as the sender would. A signature can't be made by hand. */
  async function readCurl() {
    const answer = await reveal(change, record.name);
    return answer?.deliveryUrls.find(({ curl }) => curl !== undefined)?.curl;
  }
  const hasCurl = endpoint.auth.kind === 'token' && record.allowedActions.includes('revealToken');

  const readBare = async () => url;
  return (
    <FormField
      stretch
      label={text.endpoint.url}
      constraintText={isSecret ? text.endpoint.withToken : hasToken && text.endpoint.bareOnly}
      secondaryControl={
        <SpaceBetween direction="horizontal" size="xs">
          {(isSecret || !hasToken) && <CopyButton label={text.endpoint.copy} read={isSecret ? readUrl : readBare} />}
          {hasToken && (
            <CopyButton label={text.endpoint.copyBare} variant={isSecret ? 'link' : 'normal'} read={readBare} />
          )}
          {hasCurl && <CopyButton label={text.endpoint.curl} variant="link" read={readCurl} />}
        </SpaceBetween>
      }
    >
      <Input readOnly value={isSecret ? maskedUrlOf(endpoint) : url} />
    </FormField>
  );
}
