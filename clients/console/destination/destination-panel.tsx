/** A destination: its settings as far as they are shown, its signing secret, and what can be done with it. */
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { waitsText } from '../../../shared/deliveries/destination/retry-settings.ts';
import { OperatorName } from '../session/operator-name.tsx';
import { hrefOf, useFollow } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { ReasonedButton } from '../shell/reasoned-button.tsx';
import { Section } from '../shell/section.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';
import { text } from '../text.ts';
import {
  type ChangeOfDestination,
  type DestinationAnswer,
  type TestAnswer,
  useDestinationChange,
} from './destination-record.ts';
import { DestinationRoutes } from './destination-routes.tsx';
import { DestinationStatus } from './destination-status.tsx';
import { destinationPath } from './destination-tab.ts';
import { SigningSecretPanel } from './signing-secret-panel.tsx';
import { TestResult } from './test-result.tsx';
import { useWhyNot } from './why-not.ts';

interface ActionsProps {
  record: DestinationAnswer;
  change: ChangeOfDestination;
  test: () => void;
  isTesting: boolean;
}

function Actions({ record: { name, status }, change, test, isTesting }: ActionsProps) {
  const reason = useWhyNot();
  const follow = useFollow();
  const params = { name };
  const pause = () =>
    void change.run(text.destination.pause, (api) =>
      api.call('POST /v1/destinations/{name}/pause', { params, body: {} }),
    );
  const resume = () =>
    void change.run(text.destination.resume, (api) =>
      api.call('POST /v1/destinations/{name}/resume', { params, body: {} }),
    );
  const attempt = () =>
    void change.run(text.destination.attempt, (api) =>
      api.call('POST /v1/destinations/{name}/attempt', { params, body: {} }),
    );
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <ReasonedButton
        label={text.destination.edit}
        reason={reason}
        href={hrefOf(destinationPath(name, 'edit'))}
        onFollow={follow}
      />
      {status === 'active' && (
        <ReasonedButton
          label={text.destination.attempt}
          reason={undefined}
          loading={change.busy === text.destination.attempt}
          onClick={attempt}
        />
      )}
      {status === 'active' ? (
        <ReasonedButton
          label={text.destination.pause}
          reason={reason}
          loading={change.busy === text.destination.pause}
          onClick={pause}
        />
      ) : (
        <ReasonedButton
          label={text.destination.resume}
          variant="primary"
          reason={reason}
          loading={change.busy === text.destination.resume}
          onClick={resume}
        />
      )}
      <ReasonedButton label={text.destination.test} reason={reason} loading={isTesting} onClick={test} />
    </SpaceBetween>
  );
}

const rateText = ({ rate }: DestinationAnswer): string => {
  if (!rate) return text.destination.noLimit;
  return 'perSecond' in rate ? text.destination.perSecond(rate.perSecond) : text.destination.perMinute(rate.perMinute);
};

function Facts({ record }: { record: DestinationAnswer }) {
  const { labels } = text.destination;
  const { origin, method, authKind, headerNames, timeoutSeconds, concurrency, giveUpAfterHours, schedule, retryOn } =
    record;
  const { forwardHeaders } = record;
  return (
    <KeyValuePairs
      columns={2}
      minColumnWidth={200}
      items={[
        { label: labels.status, value: <DestinationStatus status={record.status} /> },
        { label: labels.origin, value: origin },
        { label: labels.method, value: method },
        { label: labels.auth, value: text.destinations.authKinds[authKind] },
        { label: labels.headers, value: headerNames.join(', ') || text.destination.noHeaders },
        { label: labels.timeout, value: text.destination.seconds(timeoutSeconds) },
        { label: labels.rate, value: rateText(record) },
        {
          label: labels.concurrency,
          value: concurrency === undefined ? text.destination.noLimit : text.destination.atMost(concurrency),
        },
        { label: labels.giveUp, value: text.destination.hours(giveUpAfterHours) },
        ...(schedule ? [{ label: labels.schedule, value: waitsText(schedule) }] : []),
        ...(retryOn ? [{ label: labels.retryOn, value: retryOn.join(', ') }] : []),
        ...(forwardHeaders ? [{ label: labels.forwardHeaders, value: forwardHeaders.join(', ') }] : []),
        {
          label: labels.changed,
          value: (
            <>
              <TimeAgo at={record.updatedAt} /> {text.destination.by} <OperatorName id={record.updatedBy} />
            </>
          ),
        },
      ]}
    />
  );
}

/** Runs a test, and keeps its result until the next one. */
function useTest(name: string, change: ChangeOfDestination) {
  const [run, setRun] = useState<{ result?: TestAnswer }>();
  async function test() {
    setRun({});
    const result = await change.run(text.destination.test, (api) =>
      api.call('POST /v1/destinations/{name}/test', { params: { name }, body: {} }),
    );
    setRun(result && { result });
  }
  return { run, test };
}

/** What the buttons do whose name alone does not say it, and which can be used. */
function hintOf({ status }: DestinationAnswer, mayChange: boolean): string {
  const { attempt, pause, test } = text.destination.hints;
  const whileActive = mayChange ? [attempt, pause] : [attempt];
  return [...(status === 'active' ? whileActive : []), ...(mayChange ? [test] : [])].join(' ');
}

export function DestinationPanel({ record }: { record: DestinationAnswer }) {
  const change = useDestinationChange(record.name);
  const reason = useWhyNot();
  const { run, test } = useTest(record.name, change);
  return (
    <SpaceBetween size="l">
      <ProblemAlert error={change.error} />
      <Section
        title={text.destination.title}
        description={hintOf(record, reason === undefined)}
        actions={
          <Actions record={record} change={change} test={test} isTesting={change.busy === text.destination.test} />
        }
      >
        <Facts record={record} />
      </Section>
      {run && <TestResult result={run.result} />}
      <DestinationRoutes name={record.name} mayAdd={reason === undefined} />
      <SigningSecretPanel record={record} change={change} />
    </SpaceBetween>
  );
}
