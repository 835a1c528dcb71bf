/** A test of the endpoint: a sample through its public URL, and the result of each step. */
import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Steps from '@cloudscape-design/components/steps';
import type { ApiAnswer } from '../../shared/api/api-client.ts';
import { PageLink } from '../shell/page-link.tsx';
import { withButtons } from '../shell/route-buttons.ts';
import { text } from '../text.ts';

export type SelfTest = ApiAnswer<'POST /v1/connections/{name}/endpoint/test'>;

const indicators = { passed: 'success', failed: 'error', skipped: 'stopped' } as const;

/** @param result undefined while the test runs */
export function SelfTestResult({ name, result }: { name: string; result: SelfTest | undefined }) {
  return (
    <Container header={<Header variant="h2">{text.test.title}</Header>}>
      <LiveRegion>
        {!result && <StatusIndicator type="loading">{text.test.running}</StatusIndicator>}
        {result && (
          <SpaceBetween size="s">
            <Alert type={result.passed ? 'success' : 'error'}>
              {result.passed ? text.test.passed : text.test.failed} {result.note}
            </Alert>
            <Steps
              ariaLabel={text.test.title}
              steps={result.steps.map(({ step, outcome, ms, detail }) => ({
                status: indicators[outcome],
                header: `${text.test.steps[step]}${ms === undefined ? '' : ` (${Math.round(ms)} ms)`}`,
                ...(detail && { details: withButtons(detail) }),
              }))}
            />
            {result.eventId && (
              <PageLink to={`/connections/${name}/events/${result.eventId}`}>{text.test.showEvent}</PageLink>
            )}
          </SpaceBetween>
        )}
      </LiveRegion>
    </Container>
  );
}
