/** What can be done with an endpoint: a button for each action, and what it does where its name does not say it. */
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Verb } from '../../../shared/endpoints/endpoint/lifecycle.ts';
import { useSession } from '../session/session.tsx';
import { hrefOf, useFollow } from '../shell/page-link.tsx';
import { ReasonedButton } from '../shell/reasoned-button.tsx';
import { text } from '../text.ts';
import type { ChangeOfConnection, ConnectionAnswer } from './connection-record.ts';
import { VerbButton } from './verb-button.tsx';
import { whyNotDeconfigure } from './why-disabled.ts';

interface PanelProps {
  record: ConnectionAnswer;
  change: ChangeOfConnection;
}

/** What is asked before it is done. */
export type EndpointQuestion = 'deactivate' | 'deconfigure' | 'hold';

interface ActionsProps extends PanelProps {
  ask: (question: EndpointQuestion) => void;
  test: () => void;
  isTesting: boolean;
}

/** Whether anything proves webhooks now: a token, or a certificate. Without it the endpoint accepts nothing, so there is nothing to hold. */
const isGuarded = ({ endpoint, allowedActions }: ConnectionAnswer): boolean =>
  (endpoint?.tokens.length ?? 0) > 0 || allowedActions.includes('changeAuth');

/** A hold asks first. A release changes nothing for senders, so it does not. */
function HoldButton({ record, change, ask }: PanelProps & { ask: () => void }) {
  if (!record.endpoint?.held)
    return isGuarded(record) && <VerbButton record={record} verb="hold" label={text.hold.hold} onClick={ask} />;
  const release = () =>
    void change.run(text.hold.release, (api) =>
      api.call('POST /v1/connections/{name}/endpoint/release', { params: { name: record.name } }),
    );
  return (
    <VerbButton
      record={record}
      verb="release"
      label={text.hold.release}
      loading={change.busy === text.hold.release}
      onClick={release}
    />
  );
}

export function EndpointActions({ record, change, ask, test, isTesting }: ActionsProps) {
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
        record={record}
        verb="configure"
        label={record.endpoint ? text.endpoint.edit : text.endpoint.configure}
        variant={record.endpoint ? 'normal' : 'primary'}
        href={hrefOf(`/connections/${record.name}/configure`)}
        onFollow={follow}
      />
      {isActive ? (
        <VerbButton
          record={record}
          verb="deactivate"
          label={text.endpoint.deactivate}
          onClick={() => ask('deactivate')}
        />
      ) : (
        record.endpoint && (
          <VerbButton
            record={record}
            verb="activate"
            label={text.endpoint.activate}
            onClick={activate}
            variant="primary"
            loading={change.busy === text.endpoint.activate}
          />
        )
      )}
      {record.endpoint && <HoldButton record={record} change={change} ask={() => ask('hold')} />}
      {record.endpoint && (
        <VerbButton record={record} verb="test" label={text.test.button} loading={isTesting} onClick={test} />
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

/**
 * What the offered buttons of an active endpoint do, before a person has to choose one, and what Release does of any. Undefined if none
 * is offered.
 */
export function actionHintOf(record: ConnectionAnswer): string | undefined {
  const hints: Partial<Record<Verb, string>> = text.endpoint.hints;
  const isActive = record.status === 'active';
  const offered = record.allowedActions.filter((verb) =>
    isActive ? verb !== 'hold' || isGuarded(record) : verb === 'release',
  );
  return offered.flatMap((verb) => hints[verb] ?? []).join(' ') || undefined;
}
