import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { Status } from '../../shared/endpoint/lifecycle.ts';
import { type EndpointState, isSecretMissing } from '../connection/notice.ts';
import { statusNotes, statusText } from '../text.ts';

const types: Record<Status, StatusIndicatorProps.Type> = {
  unconfigured: 'pending',
  configured: 'pending',
  active: 'success',
  inactive: 'stopped',
};

/** The status of a connection. An active endpoint that refuses everything, or publishes nothing, says so. */
export function StatusLabel({ record }: { record: { status: Status; endpoint: EndpointState | null } }) {
  const { status, endpoint } = record;
  const isRefusing = isSecretMissing(endpoint);
  const notes = [isRefusing && statusNotes.secretMissing, endpoint?.held && statusNotes.held].filter(Boolean);
  return (
    <StatusIndicator type={notes.length > 0 ? 'warning' : types[status]}>
      {[statusText[status], ...notes].join(', ')}
    </StatusIndicator>
  );
}
