/** The rules that route the events of a connection to destinations, in their order, and a dry run beside them. */
import Alert from '@cloudscape-design/components/alert';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect } from 'react';
import { useSearchParams } from 'wouter';
import { allDestinations } from '../destinations/all-destinations.ts';
import { routesText } from '../routes-text.ts';
import { useRead } from '../session/queries.tsx';
import { useHandedOn } from '../session/remembered.ts';
import { useSession } from '../session/session.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { hrefOf, useFollow } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { ReasonedButton } from '../shell/reasoned-button.tsx';
import { DryRunPanel } from './dry-run.tsx';
import { NoDestination } from './no-destination.tsx';
import { routesPath, useRoutes } from './routes-record.ts';
import './routes-tab.css';
import { RulesTable } from './rules-table.tsx';
import { useTestEvent } from './send-test-event.tsx';
import { useDryRun } from './use-dry-run.ts';

/** The way on from a connection without rules, for who may add some. */
function FirstRoute({ name }: { name: string }) {
  const follow = useFollow();
  const { data, error, refetch } = useRead(['destinations'], allDestinations);
  if (!data) return <ProblemAlert error={error} retry={refetch} />;
  if (data.length === 0) return <NoDestination name={name} />;
  return (
    <EmptyState title={routesText.none} next={routesText.noneNext}>
      <ReasonedButton
        label={routesText.addRoute}
        variant="primary"
        reason={undefined}
        href={hrefOf(routesPath(name, '/edit'))}
        onFollow={follow}
      />
    </EmptyState>
  );
}

/** The dry run of the rules in force. It begins by itself for an event that a link leads to. */
function DryRunOfTab({ name, eventId }: { name: string; eventId: string | null }) {
  const run = useDryRun(name, eventId ?? undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each event.
  useEffect(() => {
    if (eventId !== null) run.run();
  }, [eventId]);
  return <DryRunPanel run={run} tryRules={() => run.run()} />;
}

export function RoutesTab({ name }: { name: string }) {
  const { me } = useSession();
  const follow = useFollow();
  const [search] = useSearchParams();
  const eventId = search.get('event');
  const [isSaved] = useHandedOn<boolean>(`saved routes of ${name}`);
  const { data, error, refetch } = useRoutes(name);
  const test = useTestEvent(name);
  // The API takes rules from whoever may change destinations.
  const isAdmin = me.allowedActions.includes('changeDestination');
  const hasRules = data !== undefined && data.rules.length > 0;
  const edit = routesPath(name, `/edit${eventId === null ? '' : `?event=${encodeURIComponent(eventId)}`}`);
  return (
    <SpaceBetween size="m">
      {!data && <ProblemAlert error={error} retry={refetch} />}
      {data && isSaved && <Alert type="success">{hasRules ? routesText.saved : routesText.savedEmpty}</Alert>}
      <ProblemAlert error={test.error} />
      {test.isNotTaken && <Alert type="error">{routesText.notTaken}</Alert>}
      <div className={hasRules ? 'beside' : ''}>
        <RulesTable
          routes={data}
          isLoading={!data && !error}
          header={
            <Header
              variant="h2"
              description={hasRules && `${routesText.modes[data.mode]} ${isAdmin ? routesText.sendHint : ''}`.trim()}
              actions={
                hasRules && (
                  <SpaceBetween direction="horizontal" size="xs">
                    {test.button}
                    <ReasonedButton
                      label={routesText.edit}
                      reason={isAdmin ? undefined : routesText.notAllowed}
                      href={hrefOf(edit)}
                      onFollow={follow}
                    />
                  </SpaceBetween>
                )
              }
            >
              {routesText.title}
            </Header>
          }
          empty={
            data && isAdmin ? (
              <FirstRoute name={name} />
            ) : (
              <EmptyState
                title={routesText.none}
                next={`${routesText.noneNext} ${routesText.noneForDesigner}`}
                error={data ? undefined : error}
              />
            )
          }
        />
        {hasRules && <DryRunOfTab name={name} eventId={eventId} />}
      </div>
    </SpaceBetween>
  );
}
