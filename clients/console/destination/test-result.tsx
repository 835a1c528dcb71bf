/** What came back to a test of a destination. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { inByteOrder } from '../body/visible-text.ts';
import { texts } from '../shell/answer-words.ts';
import { Section } from '../shell/section.tsx';
import { text } from '../text.ts';
import type { TestAnswer } from './destination-record.ts';

/** @param result undefined while the test runs */
export const TestResult = ({ result }: { result: TestAnswer | undefined }) => (
  <Section title={text.destination.tested.title}>
    <SpaceBetween size="s">
      <LiveRegion>
        {result ? (
          <Alert type={result.delivered ? 'success' : 'error'}>
            {result.delivered ? text.destination.tested.delivered(result.status) : texts.step(result)}
          </Alert>
        ) : (
          <StatusIndicator type="loading">{text.destination.tested.running}</StatusIndicator>
        )}
      </LiveRegion>
      {result && (
        <KeyValuePairs
          columns={1}
          items={[
            { label: text.destination.tested.time, value: text.destination.tested.ms(result.ms) },
            ...(result.answer === undefined
              ? []
              : [
                  {
                    label: text.destination.tested.answer,
                    value: <Box variant="code">{inByteOrder(result.answer)}</Box>,
                  },
                ]),
          ]}
        />
      )}
    </SpaceBetween>
  </Section>
);
