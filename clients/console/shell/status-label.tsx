import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { Status } from '../../../shared/endpoints/endpoint/lifecycle.ts';
import { isSecretMissing } from '../../../shared/endpoints/endpoint/missing-secret.ts';
import { refusedCountOf } from '../../../shared/ground/statistics/refused-count.ts';
import type { EndpointState } from '../connection/notice.ts';
import { statusNames, statusNotes } from '../text.ts';

const types: Record<Status, StatusIndicatorProps.Type> = {
  unconfigured: 'pending',
  configured: 'pending',
  active: 'success',
  inactive: 'stopped',
};

interface Shown {
  status: Status;
  endpoint: EndpointState | null;
  /** Only in the list. */
  stats?: { lastHour: { rejections: number; refused: Record<string, number> }; complete: boolean } | undefined;
}

interface Note {
  words: string;
  /** Whether a person should look. */
  isWarning: boolean;
}

function notesOf({ endpoint, stats }: Shown): Note[] {
  const count = stats?.lastHour.rejections ?? 0;
  const { whileInactive } = refusedCountOf(stats?.lastHour.refused ?? {});
  return [
    ...(isSecretMissing(endpoint) ? [{ words: statusNotes.secretMissing, isWarning: true }] : []),
    ...(endpoint?.held ? [{ words: statusNotes.held, isWarning: true }] : []),
    // An endpoint that is not active is meant to refuse.
    ...(count > 0
      ? [{ words: statusNotes.refused(count, stats?.complete === true), isWarning: count > whileInactive }]
      : []),
  ];
}

/** The status in words, such as `Active, held`. */
export const statusWords = (record: Shown): string =>
  [statusNames[record.status], ...notesOf(record).map(({ words }) => words)].join(', ');

/** The status of a connection. An active endpoint that refuses webhooks, or publishes nothing, says so. */
export const StatusLabel = ({ record }: { record: Shown }) => (
  <span className="words">
    <StatusIndicator type={notesOf(record).some(({ isWarning }) => isWarning) ? 'warning' : types[record.status]}>
      {statusWords(record)}
    </StatusIndicator>
  </span>
);
