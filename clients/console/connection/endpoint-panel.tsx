/** The endpoint of a connection: its status, its URL, its tokens, and what can be done with it. */
import Alert from '@cloudscape-design/components/alert';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { settingTexts } from '../../../shared/operators/api/settings-text.ts';
import { useSession } from '../session/session.tsx';
import { setupText } from '../setup/setup-text.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { hrefOf, useFollow } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { ReasonedButton } from '../shell/reasoned-button.tsx';
import { Section } from '../shell/section.tsx';
import { StatusLabel } from '../shell/status-label.tsx';
import { text } from '../text.ts';
import { type ChangeOfConnection, type ConnectionAnswer, type EndpointAnswer, useChange } from './connection-record.ts';
import { DeactivateDialog, HoldDialog } from './deactivate-dialog.tsx';
import { DeconfigureDialog } from './deconfigure-dialog.tsx';
import { actionHintOf, EndpointActions, type EndpointQuestion } from './endpoint-actions.tsx';
import { EndpointUrl } from './endpoint-url.tsx';
import { HandshakePanel } from './handshake-panel.tsx';
import { ReleasePanel } from './hold-panel.tsx';
import { type ProviderAnswer, useProvider } from './provider.ts';
import { type SelfTestAnswer, SelfTestResult } from './self-test.tsx';
import { SenderGuide } from './sender-guide.tsx';
import { senderName } from './sender-name.ts';
import { TokenPanel } from './token-panel.tsx';
import { whyDisabled } from './why-disabled.ts';

interface PanelProps {
  record: ConnectionAnswer;
  change: ChangeOfConnection;
}

/** The settings in force that a person may look for. Those that are not used are left out. */
function Settings({ endpoint, provider }: { endpoint: EndpointAnswer; provider: ProviderAnswer | undefined }) {
  const texts = settingTexts(endpoint, provider);
  const labels = text.endpoint.settingLabels;
  const shown = Object.keys(labels).flatMap((name) => {
    const setting = name as keyof typeof labels;
    return texts[setting] === undefined ? [] : [{ label: labels[setting], value: texts[setting] }];
  });
  return (
    <ExpandableSection headerText={text.endpoint.settings}>
      <KeyValuePairs columns={2} minColumnWidth={200} items={shown} />
    </ExpandableSection>
  );
}

function Configured({
  record,
  endpoint,
  change,
  provider,
}: PanelProps & { endpoint: EndpointAnswer; provider: ProviderAnswer | undefined }) {
  return (
    <SpaceBetween size="l">
      <KeyValuePairs
        columns={2}
        minColumnWidth={200}
        items={[
          { label: text.endpoint.status, value: <StatusLabel record={record} /> },
          { label: text.endpoint.auth, value: text.endpoint.authKinds[endpoint.auth.kind] },
        ]}
      />
      <EndpointUrl record={record} endpoint={endpoint} change={change} />
      <SenderGuide record={record} />
      <Settings endpoint={endpoint} provider={provider} />
    </SpaceBetween>
  );
}

/** Says that there is no endpoint, why if a person has just deconfigured it, and what to do. */
function Unconfigured({
  record,
  sender,
  isDeconfigured,
}: {
  record: ConnectionAnswer;
  sender: string;
  isDeconfigured: boolean;
}) {
  const { role } = useSession().me;
  const follow = useFollow();
  return (
    <SpaceBetween size="s">
      {isDeconfigured && <Alert type="success">{text.deconfigure.done}</Alert>}
      <EmptyState
        title={text.endpoint.none}
        next={
          record.allowedActions.includes('configure') ? text.endpoint.noneNext(sender) : text.endpoint.noneForDesigner
        }
      >
        <ReasonedButton
          label={setupText.button}
          reason={whyDisabled(record, role, 'configure')}
          href={hrefOf(`/connections/${record.name}/setup`)}
          onFollow={follow}
        />
      </EmptyState>
    </SpaceBetween>
  );
}

/** Runs a test of the endpoint, and keeps its result until the endpoint is closed. */
function useSelfTest({ name, status }: ConnectionAnswer, change: ChangeOfConnection) {
  const { api } = useSession();
  const client = useQueryClient();
  const [run, setRun] = useState<{ result?: SelfTestAnswer }>();
  if (run && status !== 'active') setRun(undefined);
  async function test() {
    change.clear();
    setRun({});
    try {
      setRun({ result: await api.call('POST /v1/connections/{name}/endpoint/test', { params: { name } }) });
    } catch (error) {
      setRun(undefined);
      change.fail(error);
    }
    // A test raises the version of the record, and a refused one says that the shown record is old.
    void client.invalidateQueries({ queryKey: ['connection', name] });
  }
  return { run, test, isTesting: run !== undefined && !run.result };
}

export function EndpointPanel({ record }: { record: ConnectionAnswer }) {
  const change = useChange(record.name);
  const { run, test, isTesting } = useSelfTest(record, change);
  const [question, setQuestion] = useState<EndpointQuestion>();
  const [isDeconfigured, setIsDeconfigured] = useState(false);
  const { endpoint } = record;
  const { data: provider } = useProvider(record.provider);
  const sender = senderName(provider ?? { id: record.provider, name: record.provider });
  const close = () => setQuestion(undefined);
  const ask = (next: EndpointQuestion) => {
    change.clear();
    setQuestion(next);
  };
  return (
    <SpaceBetween size="l">
      <ProblemAlert error={change.error} />
      {!endpoint?.held && <ReleasePanel name={record.name} version={record.version} />}
      <Section
        title={text.endpoint.title}
        description={actionHintOf(record)}
        actions={<EndpointActions record={record} change={change} test={test} isTesting={isTesting} ask={ask} />}
      >
        {endpoint ? (
          <Configured record={record} endpoint={endpoint} change={change} provider={provider} />
        ) : (
          <Unconfigured record={record} sender={sender} isDeconfigured={isDeconfigured} />
        )}
      </Section>
      {run && <SelfTestResult name={record.name} result={run.result} />}
      {endpoint && <HandshakePanel record={record} endpoint={endpoint} change={change} sender={sender} />}
      {endpoint && <TokenPanel record={record} endpoint={endpoint} change={change} provider={provider} />}
      {question === 'hold' && <HoldDialog name={record.name} isActive={record.status === 'active'} close={close} />}
      {question === 'deactivate' && <DeactivateDialog name={record.name} close={close} />}
      {question === 'deconfigure' && endpoint && (
        <DeconfigureDialog
          record={record}
          endpoint={endpoint}
          close={(isDone) => {
            setIsDeconfigured(isDone);
            close();
          }}
        />
      )}
    </SpaceBetween>
  );
}
