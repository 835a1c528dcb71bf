/** The endpoint of a connection: its status, its URL, its tokens, and what can be done with it. */
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../session/session.tsx';
import { hrefOf, useFollow } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { ReasonedButton } from '../shell/reasoned-button.tsx';
import { StatusLabel } from '../shell/status-label.tsx';
import { text } from '../text.ts';
import { type Change, type Connection, type Endpoint, useChange } from './connection-record.ts';
import { DeactivateDialog, HoldDialog } from './deactivate-dialog.tsx';
import { DeconfigureDialog } from './deconfigure-dialog.tsx';
import { EndpointUrl } from './endpoint-url.tsx';
import { HandshakePanel } from './handshake-panel.tsx';
import { HoldPanel } from './hold-panel.tsx';
import { type SelfTest, SelfTestResult } from './self-test.tsx';
import { SenderGuide, useProvider } from './sender-guide.tsx';
import { senderName } from './sender-name.ts';
import { TokenPanel } from './token-panel.tsx';
import { VerbButton } from './verb-button.tsx';
import { whyNotDeconfigure } from './why-disabled.ts';

interface PanelProps {
  record: Connection;
  change: Change;
}

type Question = 'deactivate' | 'deconfigure' | 'hold';

interface ActionsProps extends PanelProps {
  ask: (question: Question) => void;
  test: () => void;
  isTesting: boolean;
}

/** Holds at once asks first. A release changes nothing for senders, so it does not. */
function HoldButton({ record, change, ask }: PanelProps & { ask: () => void }) {
  if (!record.endpoint?.held) return <VerbButton {...{ record, verb: 'hold', label: text.hold.hold }} onClick={ask} />;
  const release = () =>
    void change.run(text.hold.release, (api) =>
      api.call('POST /v1/connections/{name}/endpoint/release', { params: { name: record.name } }),
    );
  return (
    <VerbButton
      {...{ record, verb: 'release', label: text.hold.release }}
      loading={change.busy === text.hold.release}
      onClick={release}
    />
  );
}

function Actions({ record, change, ask, test, isTesting }: ActionsProps) {
  const { role } = useSession().me;
  const follow = useFollow();
  const activate = () =>
    void change.run(text.endpoint.activate, (api) =>
      api.call('POST /v1/connections/{name}/endpoint/activate', { params: { name: record.name } }),
    );
  const isActive = record.status === 'active';
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <VerbButton
        {...{ record, verb: 'configure', label: record.endpoint ? text.endpoint.edit : text.endpoint.configure }}
        variant={record.endpoint ? 'normal' : 'primary'}
        href={hrefOf(`/connections/${record.name}/configure`)}
        onFollow={follow}
      />
      {isActive ? (
        <VerbButton
          {...{ record, verb: 'deactivate', label: text.endpoint.deactivate }}
          onClick={() => ask('deactivate')}
        />
      ) : (
        record.endpoint && (
          <VerbButton
            {...{ record, verb: 'activate', label: text.endpoint.activate, onClick: activate }}
            variant="primary"
            loading={change.busy === text.endpoint.activate}
          />
        )
      )}
      {record.endpoint && <HoldButton record={record} change={change} ask={() => ask('hold')} />}
      {record.endpoint && (
        <VerbButton {...{ record, verb: 'test', label: text.test.button }} loading={isTesting} onClick={test} />
      )}
      {record.endpoint && (
        <ReasonedButton
          label={text.endpoint.deconfigure}
          reason={whyNotDeconfigure(record, role)}
          onClick={() => ask('deconfigure')}
        />
      )}
    </SpaceBetween>
  );
}

function Configured({ record, endpoint, change }: PanelProps & { endpoint: Endpoint }) {
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
    </SpaceBetween>
  );
}

/** Runs a test of the endpoint, and keeps its result. */
function useSelfTest(name: string) {
  const { api } = useSession();
  const client = useQueryClient();
  const [run, setRun] = useState<{ result?: SelfTest; error?: unknown }>();
  async function test() {
    setRun({});
    try {
      setRun({ result: await api.call('POST /v1/connections/{name}/endpoint/test', { params: { name } }) });
    } catch (error) {
      setRun({ error });
    }
    // A test raises the version of the record, and a refused one says that the shown record is old.
    void client.invalidateQueries({ queryKey: ['connection', name] });
  }
  return { run, test, isTesting: run !== undefined && !run.result && !run.error };
}

export function EndpointPanel({ record }: { record: Connection }) {
  const change = useChange(record.name);
  const { run, test, isTesting } = useSelfTest(record.name);
  const [question, setQuestion] = useState<Question>();
  const { endpoint } = record;
  const { data: provider } = useProvider(record.provider);
  const sender = senderName(provider ?? { id: record.provider, name: record.provider });
  const close = () => setQuestion(undefined);
  return (
    <SpaceBetween size="l">
      <ProblemAlert error={change.error ?? run?.error} />
      <HoldPanel record={record} />
      <Container
        header={
          <Header variant="h2" actions={<Actions {...{ record, change, test, isTesting }} ask={setQuestion} />}>
            {text.endpoint.title}
          </Header>
        }
      >
        {endpoint ? (
          <Configured record={record} endpoint={endpoint} change={change} />
        ) : (
          <Box textAlign="center" padding="m">
            <b>{text.endpoint.none}</b>
            <Box variant="p">{text.endpoint.noneNext(sender)}</Box>
          </Box>
        )}
      </Container>
      {run && !run.error && <SelfTestResult name={record.name} result={run.result} />}
      {endpoint && <HandshakePanel {...{ record, endpoint, change, sender }} />}
      {endpoint && <TokenPanel {...{ record, endpoint, change, provider }} />}
      {question === 'hold' && <HoldDialog name={record.name} close={close} />}
      {question === 'deactivate' && <DeactivateDialog name={record.name} close={close} />}
      {question === 'deconfigure' && endpoint && (
        <DeconfigureDialog record={record} endpoint={endpoint} close={close} />
      )}
    </SpaceBetween>
  );
}
