/** In a client: the settings of an endpoint that decide which webhooks it takes, and what becomes of them, in words. */
import type { ConnectionView } from '../endpoint/connection-view.ts';
import type { SettingName } from './field-name.ts';

type Endpoint = NonNullable<ConnectionView['endpoint']>;

/** What recognizes a repeat. */
function dedupeText({ dedupe }: Endpoint): string {
  if (dedupe.by === 'none') return 'none, so a repeat is stored too';
  if (dedupe.by === 'content') return 'by the content of the body';
  return dedupe.by === 'header' ? `by the header ${dedupe.name}` : `by ${dedupe.path} in the body`;
}

/** Where the type of an event is. Presets of senders know it; the endpoint's settings do not say where that is. */
function typeText({ type }: Endpoint): string {
  if (type === null) return 'as the sender names it, else webhook';
  return type.in === 'header' ? `in the header ${type.name}` : `at ${type.path} in the body`;
}

/** The text of each setting. Undefined where a setting is not used. */
export const settingTexts = (endpoint: Endpoint) =>
  ({
    methods: endpoint.methods.join(', '),
    allowFrom: endpoint.allowFrom?.join(', '),
    dedupe: dedupeText(endpoint),
    type: typeText(endpoint),
    split: endpoint.split ? 'each item of a list is an event of its own' : undefined,
    retentionDays: endpoint.retentionDays === 1 ? '1 day' : `${endpoint.retentionDays} days`,
  }) satisfies Partial<Record<SettingName, string | undefined>>;
