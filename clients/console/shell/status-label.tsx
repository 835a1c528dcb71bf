import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { Status } from '../../../shared/endpoints/endpoint/lifecycle.ts';
import { isSecretMissing } from '../../../shared/endpoints/endpoint/missing-secret.ts';
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
  stats?: { lastHour: { rejections: number }; complete: boolean } | undefined;
}

function notesOf({ endpoint, stats }: Shown): string[] {
  const refused = stats?.lastHour.rejections ?? 0;
  return [
    ...(isSecretMissing(endpoint) ? [statusNotes.secretMissing] : []),
    ...(endpoint?.held ? [statusNotes.held] : []),
    ...(refused > 0 ? [statusNotes.refused(refused, stats?.complete === true)] : []),
  ];
}

/** The status in words, such as `Active, held`. */
export const statusWords = (record: Shown): string => [statusNames[record.status], ...notesOf(record)].join(', ');

/** The status of a connection. An active endpoint that refuses webhooks, or publishes nothing, says so. */
export const StatusLabel = ({ record }: { record: Shown }) => (
  <span className="words">
    <StatusIndicator type={notesOf(record).length > 0 ? 'warning' : types[record.status]}>
      {statusWords(record)}
    </StatusIndicator>
  </span>
);
