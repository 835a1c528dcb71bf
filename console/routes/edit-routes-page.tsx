/** The form that edits the routes of a connection, with a dry run beside it. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import LiveRegion from '@cloudscape-design/components/live-region';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type FormEvent, type RefObject, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useSearchParams } from 'wouter';
import { useConnection } from '../connection/connection-record.ts';
import { allDestinations } from '../destinations/all-destinations.ts';
import { wholeListInterval } from '../poll-interval.ts';
import { routesText } from '../routes-text.ts';
import { useRead } from '../session/queries.tsx';
import { useHandedOn } from '../session/remembered.ts';
import { useSession } from '../session/session.tsx';
import { Loading } from '../shell/loading.tsx';
import { NotAllowed } from '../shell/not-allowed.tsx';
import { hrefOf, useFollow, useGoOn, WayOn } from '../shell/page-link.tsx';
import { PageProblem } from '../shell/page-problem.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { ReasonedButton } from '../shell/reasoned-button.tsx';
import { useTitle } from '../shell/use-title.ts';
import { useUnsaved } from '../shell/use-unsaved.tsx';
import { text } from '../text.ts';
import { ChangedMeanwhile } from './changed-meanwhile.tsx';
import { DryRunPanel } from './dry-run.tsx';
import { NoDestination } from './no-destination.tsx';
import {
  errorsOf,
  fieldsOf,
  type Mode,
  maxRules,
  type RoutesRecord,
  type RuleFields as Rule,
  routesBody,
  withNewRule,
} from './routes-fields.ts';
import { isOld, replaceRoutes, routesPath, useRoutes, useRoutesChange } from './routes-record.ts';
import './routes-tab.css';
import { RuleFields } from './rule-fields.tsx';
import { useDryRun } from './use-dry-run.ts';
import { type RoutesForm, useRoutesForm } from './use-routes-form.ts';

const modes = Object.entries(routesText.modeNames).map(([value, label]) => ({
  value,
  label,
  description: routesText.modeHints[value as Mode],
}));

/** Puts the focus on the button that removes this rule. Without a rule, on the one that adds one, which is the last. */
function focusRemove(list: HTMLElement | null, rule: Rule | undefined): void {
  const buttons = [...(list?.querySelectorAll('button') ?? [])];
  const isOfRule = (each: Element) => rule && each.getAttribute('aria-label') === routesText.remove(rule.id);
  (buttons.find(isOfRule) ?? buttons.at(-1))?.focus();
}

/** The rules in their order, and a button that adds one. */
function RuleList({ form, destinations }: { form: RoutesForm; destinations: readonly string[] }) {
  const { mode, rules } = form.fields;
  const [moved, setMoved] = useState('');
  const list: RefObject<HTMLDivElement | null> = useRef(null);
  const told: RoutesForm = {
    ...form,
    move(key, by) {
      form.move(key, by);
      const at = rules.findIndex((rule) => rule.key === key);
      setMoved(routesText.moved(rules[at]?.id ?? '', at + by + 1, rules.length));
    },
    remove(key) {
      const at = rules.findIndex((rule) => rule.key === key);
      flushSync(() => form.remove(key));
      focusRemove(list.current, rules[at + 1] ?? rules[at - 1]);
    },
  };
  const [only, ...more] = destinations;
  return (
    <div ref={list}>
      <SpaceBetween size="l">
        <Container>
          <FormField label={routesText.mode}>
            <RadioGroup value={mode} items={modes} onChange={({ detail }) => form.setMode(detail.value as Mode)} />
          </FormField>
        </Container>
        {rules.map((rule, at) => (
          <RuleFields key={rule.key} form={told} rule={rule} at={at} destinations={destinations} />
        ))}
        {rules.length === 0 && <Box color="text-body-secondary">{routesText.empty}</Box>}
        <div>
          <ReasonedButton
            label={routesText.addRule}
            reason={rules.length < maxRules ? undefined : routesText.tooMany(maxRules)}
            onClick={() => form.add(more.length === 0 ? (only ?? '') : '')}
          />
          <LiveRegion hidden>{moved}</LiveRegion>
        </div>
      </SpaceBetween>
    </div>
  );
}

interface EditProps {
  name: string;
  title: string;
  routes: RoutesRecord;
  destinations: readonly string[];
}

/** The fields at the beginning: a list without rules, and one to which somebody adds a route, begin with a further rule. */
function firstFields({ routes, destinations }: EditProps, to: string | null) {
  const fields = fieldsOf(routes);
  if (to !== null) return withNewRule(fields, to);
  const [only = '', ...more] = destinations;
  return routes.rules.length === 0 ? withNewRule(fields, more.length === 0 ? only : '') : fields;
}

function EditForm(props: EditProps) {
  const { name, title, routes, destinations } = props;
  const [search] = useSearchParams();
  const [before, setBefore] = useState(routes);
  const [isRefused, setIsRefused] = useState(false);
  const [theirs, setTheirs] = useState<RoutesRecord>();
  const change = useRoutesChange(name);
  const managedBy = useConnection(name).data?.managedBy;
  const dryRun = useDryRun(name, search.get('event') ?? undefined);
  const [hasMistakes, setHasMistakes] = useState(false);
  const [first] = useState(() => firstFields(props, search.get('to')));
  const form = useRoutesForm({
    first,
    error: change.error ?? dryRun.error,
    clear() {
      change.clear();
      dryRun.clear();
    },
  });
  const { question, leave } = useUnsaved(form.isChanged);
  const [, handOn] = useHandedOn<boolean>(`saved routes of ${name}`);
  const goOn = useGoOn();
  const follow = useFollow();
  const isWhole = errorsOf(form.fields).size === 0;
  const body = isWhole ? routesBody(form.fields) : undefined;

  // Somebody else was faster. What this person entered stays, and the next try replaces the list of the other one.
  if (isRefused && routes.version !== before.version) {
    setTheirs(routes);
    setBefore(routes);
    setIsRefused(false);
  }

  async function save() {
    if (!form.check() || !body) return;
    dryRun.clear();
    const saved = await change.run(routesText.save, (api) => replaceRoutes(api, name, body, before));
    if (!saved) return setIsRefused(true);
    handOn(true);
    leave(() => goOn(routesPath(name)));
  }

  function tryRules() {
    setHasMistakes(!form.check());
    if (!body) return;
    change.clear();
    dryRun.run(body);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void save();
  }

  return (
    <form onSubmit={submit}>
      <Form
        header={
          <Header variant="h1" description={routesText.intro}>
            {title}
          </Header>
        }
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" formAction="none" href={hrefOf(routesPath(name))} onFollow={follow}>
              {routesText.cancel}
            </Button>
            <Button variant="primary" formAction="submit" loading={change.busy !== undefined}>
              {routesText.save}
            </Button>
          </SpaceBetween>
        }
      >
        <div className="beside">
          <SpaceBetween size="l">
            {managedBy && <Alert type="warning">{text.connection.managedElsewhere(managedBy)}</Alert>}
            <RuleList form={form} destinations={destinations} />
            {/* Above the buttons, where whoever pressed one looks. */}
            {theirs && (
              <ChangedMeanwhile
                name={name}
                theirs={theirs}
                take={() => {
                  form.begin(theirs);
                  setTheirs(undefined);
                  change.clear();
                }}
              />
            )}
            <ProblemAlert error={form.hasRefusedField || (theirs && isOld(change.error)) ? undefined : change.error} />
          </SpaceBetween>
          <div className="stays">
            <DryRunPanel
              run={dryRun}
              unsaved={body}
              hasMistakes={(hasMistakes && !isWhole) || (form.hasRefusedField && Boolean(dryRun.error))}
              hint={routesText.dryRun.hintUnsaved}
              tryRules={tryRules}
            />
          </div>
        </div>
        {question}
      </Form>
    </form>
  );
}

/** Reads what the form needs. */
function WithLists({ name, title }: Pick<EditProps, 'name' | 'title'>) {
  const routes = useRoutes(name);
  const destinations = useRead(['destinations'], allDestinations, {
    everyMs: (read) => wholeListInterval(read?.length ?? 0, 50),
  });
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
  if (!failed) return <Loading>{routesText.loading}</Loading>;
  return <PageProblem title={title} error={failed.error} retry={failed.refetch} />;
}

export default function EditRoutesPage({ name }: { name: string }) {
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
