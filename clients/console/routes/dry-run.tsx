/** The dry run beside the rules: an event to try them on, and what they would do with it. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import LiveRegion from '@cloudscape-design/components/live-region';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { inByteOrder } from '../body/visible-text.ts';
import { exactTime } from '../relative-time.ts';
import { routesText } from '../routes-text.ts';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { Section } from '../shell/section.tsx';
import { text } from '../text.ts';
import { DryRunResult } from './dry-run-result.tsx';
import type { RoutesBody } from './routes-fields.ts';
import type { DryRun, Source } from './use-dry-run.ts';

const words = routesText.dryRun;
const sources = Object.entries(words.sources).map(([id, name]) => ({ id, text: name }));

function StoredEvent({ run: { latest, eventId, eventError, choose } }: { run: DryRun }) {
  const options = (latest.data?.items ?? []).map(({ id, type, receivedAt }) => ({
    value: id,
    label: inByteOrder(type),
    description: `${exactTime(receivedAt)}, ${id}`,
  }));
  const chosen = options.find(({ value }) => value === eventId);
  // An older event that a link led to is not in the list.
  const selected = chosen ?? (eventId === undefined ? null : { value: eventId, label: eventId });
  return (
    <FormField label={words.event} errorText={eventError}>
      <Select
        selectedOption={selected}
        options={options}
        placeholder={words.event}
        statusType={latest.isPending ? 'loading' : latest.isError && !latest.data ? 'error' : 'finished'}
        loadingText={words.loadingEvents}
        errorText={words.eventsFailed}
        recoveryText={text.problem.retry}
        onLoadItems={() => latest.isError && void latest.refetch()}
        empty={words.noEvents}
        triggerVariant="option"
        onChange={({ detail }) => choose(detail.selectedOption.value)}
      />
    </FormField>
  );
}

const GivenEvent = ({ run: { given, eventError, enter } }: { run: DryRun }) => (
  <FormField label={words.given} description={words.givenHint} errorText={eventError}>
    <Textarea value={given} rows={8} spellcheck={false} onChange={({ detail }) => enter(detail.value)} />
  </FormField>
);

interface PanelProps {
  run: DryRun;
  /** The rules that are not saved. Undefined tries those in force. */
  unsaved?: RoutesBody | undefined;
  /** Whether something is wrong with the rules, which is shown at their fields. */
  hasMistakes?: boolean;
  hint?: string;
  tryRules: () => void;
}

export function DryRunPanel({ run, unsaved, hasMistakes = false, hint = words.hint, tryRules }: PanelProps) {
  return (
    <Section title={words.title} description={hint}>
      <SpaceBetween size="m">
        <SegmentedControl
          label={words.source}
          selectedId={run.source}
          options={sources}
          onChange={({ detail }) => run.setSource(detail.selectedId as Source)}
        />
        {run.source === 'stored' ? <StoredEvent run={run} /> : <GivenEvent run={run} />}
        <Button formAction="none" loading={run.isBusy} onClick={tryRules}>
          {words.run}
        </Button>
        {/* Only with a result: an empty part would still take a gap below the button. */}
        {(hasMistakes || run.error || run.result) && (
          <LiveRegion>
            {hasMistakes ? <Alert type="error">{words.mistakes}</Alert> : <ProblemAlert error={run.error} />}
            {run.result && (
              <SpaceBetween size="m">
                {run.isStale(unsaved) && <Box color="text-body-secondary">{words.stale}</Box>}
                <DryRunResult result={run.result} />
              </SpaceBetween>
            )}
          </LiveRegion>
        )}
      </SpaceBetween>
    </Section>
  );
}
