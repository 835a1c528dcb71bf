/** The token in the form "Configure endpoint": its entry, its value, and its removal. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Checkbox from '@cloudscape-design/components/checkbox';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { Section } from '../shell/section.tsx';
import { text } from '../text.ts';
import { reveal } from './reveal.ts';
import { senderName } from './sender-name.ts';
import { tokenNoteOf } from './sender-secret.ts';
import { TokenEntry } from './token-entry.tsx';
import { TokenValue } from './token-value.tsx';
import type { Configuration, FormProps } from './use-configuration.ts';

type TokenSectionProps = FormProps & Pick<Configuration, 'change' | 'entry' | 'removal'>;

export function TokenSection({ record, provider, change, entry, removal }: TokenSectionProps) {
  const { endpoint } = record;
  const kind = endpoint?.auth.kind ?? provider.kind;
  const secretFrom = endpoint?.secretFrom ?? provider.secretFrom;
  const hasToken = (endpoint?.tokens.length ?? 0) > 0;
  return (
    <Section title={text.token.title} description={tokenNoteOf(kind, secretFrom, senderName(provider), true)}>
      <LiveRegion>
        {entry.isMade && (
          <Box margin={{ bottom: 's' }}>
            <StatusIndicator type="success">{text.token.generated}</StatusIndicator>
          </Box>
        )}
      </LiveRegion>
      {hasToken && (
        <SpaceBetween size="m">
          <TokenValue
            key={endpoint?.tokens[0]?.id}
            copyLabel={text.token.copy}
            read={async () => (await reveal(change, record.name))?.token}
          />
          {removal.isOffered && (
            <Checkbox
              checked={removal.isChosen}
              description={text.token.removeNote}
              onChange={({ detail }) => removal.choose(detail.checked)}
            >
              {text.token.remove}
            </Checkbox>
          )}
        </SpaceBetween>
      )}
      {!hasToken && secretFrom === 'handshake' && (
        <Alert type="info">{text.configure.handshakeFirst(senderName(provider))}</Alert>
      )}
      {!hasToken && secretFrom !== 'handshake' && (
        <TokenEntry record={record} provider={provider} secretFrom={secretFrom} {...entry} />
      )}
    </Section>
  );
}
