/** The form that edits the routes of a connection, with a dry run beside it. */

import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { connectionFieldsOfFile } from '../../../shared/operators/manifest/fields-of-file.ts';
import { useConnection } from '../connection/connection-record.ts';
import { useDestinations } from '../destinations/all-destinations.ts';
import { routesText } from '../routes-text.ts';
import { isOld } from '../session/record-change.ts';
import { useHandedOn } from '../session/remembered.ts';
import { useSession } from '../session/session.tsx';
import { FormPage } from '../shell/form-page.tsx';
import { NotAllowed } from '../shell/not-allowed.tsx';
import { useGoOn, WayOn } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { UnreadPage } from '../shell/unread-page.tsx';
import { useVersion } from '../shell/use-form.ts';
import { useTitle } from '../shell/use-title.ts';
import { useUnsaved } from '../shell/use-unsaved.tsx';
import { text } from '../text.ts';
import { ChangedRoutes } from './changed-routes.tsx';
import { DryRunPanel } from './dry-run.tsx';
import { NoDestination } from './no-destination.tsx';
import { type RoutesRecord, routesBody, routesFieldsOf, withNewRule } from './routes-fields.ts';
import { replaceRoutes, routesPath, useRoutes, useRoutesChange } from './routes-record.ts';
import './routes-tab.css';
import { RuleList } from './rule-list.tsx';
import { useDryRun } from './use-dry-run.ts';
import { useRoutesForm } from './use-routes-form.ts';

interface EditProps {
  name: string;
  title: string;
  routes: RoutesRecord;
  destinations: readonly string[];
}

/** The fields at the beginning: a list without rules, and one to which somebody adds a route, begin with a further rule. */
function firstFields({ routes, destinations }: EditProps, to: string | null) {
  const fields = routesFieldsOf(routes);
  if (to !== null) return withNewRule(fields, to);
  const [only = '', ...more] = destinations;
  return routes.rules.length === 0 ? withNewRule(fields, more.length === 0 ? only : '') : fields;
}

/** The form, the dry run of its rules, and how they are saved. */
function useRoutesEdit(props: EditProps) {
  const { name, routes } = props;
  const [search] = useSearchParams();
  const change = useRoutesChange(name);
  const dryRun = useDryRun(name, search.get('event') ?? undefined);
  const [hasMistakes, setHasMistakes] = useState(false);
  const form = useRoutesForm({
    first: firstFields(props, search.get('to')),
    error: change.error ?? dryRun.error,
    clear() {
      change.clear();
      dryRun.clear();
    },
  });
  // Somebody else was faster. What this person entered stays, and the next try replaces the list of the other one.
  const { before, theirs, refuse, forget } = useVersion(routes);
  const body = form.isWhole ? routesBody(form.fields) : undefined;

  return {
    form,
    dryRun,
    /** The list of somebody who was faster. */
    theirs,
    /** The request of the rules, if nothing is wrong with them. */
    body,
    isBusy: change.busy !== undefined,
    /** Why the rules could not be saved, apart from what is said at a field or beside the list of the other one. */
    error: form.hasRefusedField || (theirs && isOld(change.error)) ? undefined : change.error,
    /** Whether something is wrong with the rules that were tried. */
    hasMistakes: (hasMistakes && !form.isWhole) || (form.hasRefusedField && Boolean(dryRun.error)),
    /** @returns whether the rules are saved */
    async save(): Promise<boolean> {
      if (!form.check() || !body) return false;
      dryRun.clear();
      const saved = await change.run(routesText.save, (api) => replaceRoutes(api, name, body, before));
      if (!saved) refuse();
      return saved !== undefined;
    },
    tryRules() {
      setHasMistakes(!form.check());
      if (!body) return;
      change.clear();
      dryRun.run(body);
    },
    /** Goes on with the list of the other one. */
    take(list: RoutesRecord) {
      form.begin(routesFieldsOf(list));
      forget();
      change.clear();
    },
  };
}

function EditForm(props: EditProps) {
  const { name, title, destinations } = props;
  const { form, dryRun, theirs, body, isBusy, error, hasMistakes, save, tryRules, take } = useRoutesEdit(props);
  const managedBy = useConnection(name).data?.managedBy;
  // What a file leaves to operators, it does not change back.
  const isManaged = managedBy?.kind === 'file' ? connectionFieldsOfFile(managedBy).includes('routes') : managedBy;
  const { question, leave } = useUnsaved(form.isChanged);
  const [, handOn] = useHandedOn<boolean>(`saved routes of ${name}`);
  const goOn = useGoOn();

  async function saveAndLeave() {
    if (!(await save())) return;
    handOn(true);
    leave(() => goOn(routesPath(name)));
  }

  return (
    <FormPage
      title={title}
      description={routesText.intro}
      cancelTo={routesPath(name)}
      buttons={
        <Button variant="primary" formAction="submit" loading={isBusy}>
          {routesText.save}
        </Button>
      }
      isRestored={form.isRestored}
      submit={() => void saveAndLeave()}
    >
      <div className="beside">
        <SpaceBetween size="l">
          {managedBy && isManaged && <Alert type="warning">{text.connection.managedElsewhere(managedBy)}</Alert>}
          <RuleList form={form} destinations={destinations} />
          {/* Above the buttons, where whoever pressed one looks. */}
          {theirs && <ChangedRoutes name={name} theirs={theirs} take={() => take(theirs)} />}
          <ProblemAlert error={error} />
        </SpaceBetween>
        <div className="stays">
          <DryRunPanel
            run={dryRun}
            unsaved={body}
            hasMistakes={hasMistakes}
            hint={routesText.dryRun.hintUnsaved}
            tryRules={tryRules}
          />
        </div>
      </div>
      {question}
    </FormPage>
  );
}

/** Reads what the form needs. */
function WithLists({ name, title }: Pick<EditProps, 'name' | 'title'>) {
  const routes = useRoutes(name);
  const destinations = useDestinations();
  if (routes.data && destinations.data) {
    const names = destinations.data.map((each) => each.name);
    if (names.length > 0 || routes.data.rules.length > 0)
      return <EditForm name={name} title={title} routes={routes.data} destinations={names} />;
    return (
      <SpaceBetween size="m">
        <Header variant="h1">{title}</Header>
        <Container>
          <NoDestination name={name} />
        </Container>
      </SpaceBetween>
    );
  }
  const failed = [routes, destinations].find(({ error, data }) => error && !data);
  return (
    <UnreadPage title={title} error={failed?.error} retry={() => void failed?.refetch()} loading={routesText.loading} />
  );
}

export function EditRoutesPage({ name }: { name: string }) {
  const title = `${routesText.edit}: ${name}`;
  useTitle(title);
  const { me } = useSession();
  if (me.allowedActions.includes('changeDestination')) return <WithLists name={name} title={title} />;
  return (
    <NotAllowed title={title} reason={routesText.notAllowed}>
      <WayOn to={routesPath(name)}>{text.shell.toRoutes}</WayOn>
    </NotAllowed>
  );
}
