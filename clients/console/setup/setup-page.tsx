/**
 * From a connection to a URL that works, in one step: it configures, generates and activates with the defaults of the provider, says
 * what to enter at the sender, and waits for the first webhook.
 */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { isSecretMissing } from '../../../shared/endpoints/endpoint/missing-secret.ts';
import {
  type ChangeOfConnection,
  type ConnectionAnswer,
  type EndpointAnswer,
  isAdmin,
  type RevealedToken,
  useConnection,
} from '../connection/connection-record.ts';
import { EndpointUrl } from '../connection/endpoint-url.tsx';
import { HandshakePanel } from '../connection/handshake-panel.tsx';

import { hasTokenInUrl, maskedUrlOf, pasteUrlOf } from '../connection/paste-url.ts';
import { type ProviderAnswer, useProvider } from '../connection/provider.ts';
import { SenderGuide } from '../connection/sender-guide.tsx';
import { senderName } from '../connection/sender-name.ts';
import { TokenPanel } from '../connection/token-panel.tsx';
import { TokenValue } from '../connection/token-value.tsx';
import { useHandedOn } from '../session/remembered.ts';
import { CopyButton } from '../shell/copy-button.tsx';
import { NotAllowed } from '../shell/not-allowed.tsx';
import { WayOn } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { Section } from '../shell/section.tsx';
import { UnreadPage } from '../shell/unread-page.tsx';
import { useTitle } from '../shell/use-title.ts';
import { text } from '../text.ts';
import { FirstWebhook } from './first-webhook.tsx';
import { type SetupStep, setupSteps } from './setup-steps.ts';
import { setupText } from './setup-text.ts';
import { useSetup } from './use-setup.ts';

type StepState = keyof typeof setupText.states;

const types: Record<StepState, StatusIndicatorProps.Type> = {
  ...{ done: 'success', failed: 'error', running: 'in-progress', left: 'pending' },
};

interface StepsProps {
  steps: readonly SetupStep[];
  stateOf: (step: SetupStep) => StepState;
}

const Steps = ({ steps, stateOf }: StepsProps) => (
  <SpaceBetween size="xs">
    {steps.map((step) => (
      <StatusIndicator key={step} type={types[stateOf(step)]}>
        {`${setupText.steps[step]}: ${setupText.states[stateOf(step)]}`}
      </StatusIndicator>
    ))}
  </SpaceBetween>
);

/** What was just made. The screen has dots in the place of the token, as everywhere; the page has it, so that nothing has to be revealed. */
function Made({ endpoint, made }: { endpoint: EndpointAnswer; made: RevealedToken }) {
  const read = async () => made.token;
  return (
    <SpaceBetween size="m">
      <FormField
        stretch
        label={setupText.url}
        constraintText={hasTokenInUrl(endpoint) && setupText.urlWithToken}
        secondaryControl={<CopyButton label={setupText.copyUrl} read={async () => pasteUrlOf(made)} />}
      >
        <Input readOnly value={maskedUrlOf(endpoint)} />
      </FormField>
      <FormField label={setupText.token} constraintText={setupText.once}>
        <TokenValue copyLabel={text.token.copy} read={read} />
      </FormField>
    </SpaceBetween>
  );
}

interface ReadyProps {
  record: ConnectionAnswer;
  endpoint: EndpointAnswer;
  provider: ProviderAnswer;
  made: RevealedToken | undefined;
  change: ChangeOfConnection;
}

/** The endpoint is active: what to enter at the sender, and what comes from there. */
function Ready({ record, endpoint, provider, made, change }: ReadyProps) {
  const sender = senderName(provider);
  const { guide } = provider;
  return (
    <SpaceBetween size="l">
      <Section title={setupText.paste(sender)}>
        <SpaceBetween size="m">
          {made ? (
            <Made endpoint={endpoint} made={made} />
          ) : (
            <EndpointUrl record={record} endpoint={endpoint} change={change} />
          )}
          <SenderGuide record={record} />
        </SpaceBetween>
      </Section>
      <HandshakePanel record={record} endpoint={endpoint} change={change} sender={sender} />
      {/* Who comes back later has nothing of what was made. */}
      {!made && <TokenPanel record={record} endpoint={endpoint} change={change} provider={provider} />}
      <Section title={setupText.tryIt}>
        <SpaceBetween size="m">
          <div>{guide.test ?? setupText.test(sender)}</div>
          {endpoint.auth.kind === 'token' && <div>{setupText.testOwn}</div>}
          <FirstWebhook name={record.name} />
        </SpaceBetween>
      </Section>
    </SpaceBetween>
  );
}

/** An endpoint without the secret of its sender is active, and still refuses everything. */
const ReadyAlert = ({ endpoint, sender }: { endpoint: ConnectionAnswer['endpoint']; sender: string }) =>
  isSecretMissing(endpoint) ? (
    <Alert type="info">{setupText.readyWithoutSecret(sender)}</Alert>
  ) : (
    <Alert type="success">{setupText.ready}</Alert>
  );

function Setup({ record, provider }: { record: ConnectionAnswer; provider: ProviderAnswer }) {
  const { name, endpoint } = record;
  const [isBegun] = useHandedOn<boolean>(`setup of ${name}`);
  const { run, failed, running, made, error, change, left } = useSetup(record, provider, isBegun === true);
  const isReady = left.length === 0 && running === undefined;
  const stateOf = (step: SetupStep): StepState => {
    if (!left.includes(step)) return 'done';
    return step === running ? 'running' : step === failed ? 'failed' : 'left';
  };
  const isMadeHere = (endpoint?.secretFrom ?? provider.secretFrom) === 'operator';
  // A secret that the sender makes is not generated.
  const steps = setupSteps.filter((step) => step !== 'generate' || isMadeHere);
  const notDone = left.length === steps.length ? setupText.all : setupText.left;
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={provider.name}
        actions={<WayOn to={`/connections/${name}`}>{text.shell.toConnection}</WayOn>}
      >
        {`${text.create.setUp}: ${name}`}
      </Header>
      <LiveRegion>
        {isReady ? (
          <ReadyAlert endpoint={endpoint} sender={senderName(provider)} />
        ) : (
          <Steps steps={steps} stateOf={stateOf} />
        )}
      </LiveRegion>
      <ProblemAlert error={error} />
      {!isReady && (
        <SpaceBetween size="s">
          {running === undefined && (
            <Box>{failed === undefined ? notDone : setupText.failed(setupText.steps[failed])}</Box>
          )}
          <Button variant="primary" loading={running !== undefined} onClick={() => void run()}>
            {setupText.goOn}
          </Button>
        </SpaceBetween>
      )}
      {isReady && endpoint && (
        <Ready record={record} endpoint={endpoint} provider={provider} made={made} change={change} />
      )}
    </SpaceBetween>
  );
}

function WithProvider({ record, title }: { record: ConnectionAnswer; title: string }) {
  const { data: provider, error, refetch } = useProvider(record.provider);
  if (!isAdmin(record))
    return (
      <NotAllowed title={title} reason={setupText.notAllowed}>
        <WayOn to={`/connections/${record.name}`}>{text.shell.toConnection}</WayOn>
      </NotAllowed>
    );
  if (provider) return <Setup record={record} provider={provider} />;
  return <UnreadPage title={title} error={error} retry={refetch} loading={text.connection.loading} />;
}

export function SetupPage({ name }: { name: string }) {
  const title = `${text.create.setUp}: ${name}`;
  useTitle(title);
  const { data: record, error, refetch } = useConnection(name);
  if (record) return <WithProvider record={record} title={title} />;
  return <UnreadPage title={title} error={error} retry={refetch} loading={text.connection.loading} />;
}
