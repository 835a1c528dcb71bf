/** The settings of an endpoint that decide which webhooks it takes, and what becomes of them. */
import type { ConnectionView } from '../../shared/endpoint/connection-view.ts';

type Endpoint = NonNullable<ConnectionView['endpoint']>;

/** What recognizes a repeat. */
function dedupeText({ dedupe }: Endpoint): string {
  if (dedupe.by === 'none') return 'none, so a repeat is stored too';
  if (dedupe.by === 'content') return 'by the content of the body';
  return dedupe.by === 'header' ? `by the header ${dedupe.name}` : `by ${dedupe.path} in the body`;
}

function typeText({ type }: Endpoint): string | undefined {
  if (type === null) return undefined;
  return type.in === 'header' ? `in the header ${type.name}` : `at ${type.path} in the body`;
}

/** A label and its text for each setting. Undefined where a setting is not used. */
export const settingRows = (endpoint: Endpoint): [label: string, text: string | undefined][] => [
  ['methods', endpoint.methods.join(', ')],
  ['addresses', endpoint.allowFrom?.join(', ')],
  ['dedupe', dedupeText(endpoint)],
  ['type', typeText(endpoint)],
  ['split', endpoint.split ? 'each item of a list is an event of its own' : undefined],
  ['retention', `${endpoint.retentionDays} days`],
];
