/** A test of the endpoint: a sample through its public URL, and the result of each step. */
import Alert from '@cloudscape-design/components/alert';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Steps from '@cloudscape-design/components/steps';
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import { texts } from '../shell/answer-words.ts';
import { PageLink } from '../shell/page-link.tsx';
import { Section } from '../shell/section.tsx';
import { text } from '../text.ts';

export type SelfTestAnswer = ApiAnswer<'POST /v1/connections/{name}/endpoint/test'>;

type StepName = SelfTestAnswer['steps'][number]['step'];
type Step = Omit<SelfTestAnswer['steps'][number], 'outcome'> & { outcome: keyof typeof indicators };

const indicators = { pending: 'pending', passed: 'success', failed: 'error', skipped: 'stopped' } as const;

const waiting = (Object.keys(text.test.steps) as StepName[]).map((step): Step => ({ step, outcome: 'pending' }));

const StepList = ({ steps }: { steps: readonly Step[] }) => (
  <Steps
    ariaLabel={text.test.title}
    steps={steps.map(({ outcome, ...step }) => ({
      status: indicators[outcome],
      statusIconAriaLabel: text.test.outcomes[outcome],
      header: `${text.test.steps[step.step]}${step.ms === undefined ? '' : ` (${Math.round(step.ms)} ms)`}`,
      details: texts.step(step) || undefined,
    }))}
  />
);

/**
 * The API answers once, when it knows the result of every step. Until then each step waits: the page can't know which one runs.
 * @param result undefined while the test runs
 */
export function SelfTestResult({ name, result }: { name: string; result: SelfTestAnswer | undefined }) {
  return (
    <Section title={text.test.title}>
      <SpaceBetween size="s">
        <LiveRegion>
          {result ? (
            <Alert type={result.passed ? 'success' : 'error'}>
              {result.passed ? text.test.passed : text.test.failed} {texts.notes(result)}
            </Alert>
          ) : (
            <StatusIndicator type="loading">{text.test.running}</StatusIndicator>
          )}
        </LiveRegion>
        <LiveRegion>
          <StepList steps={result?.steps ?? waiting} />
        </LiveRegion>
        {result?.eventId && (
          <PageLink to={`/connections/${name}/events/${result.eventId}`}>{text.test.showEvent}</PageLink>
        )}
      </SpaceBetween>
    </Section>
  );
}
