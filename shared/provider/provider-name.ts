/** How a sender's id is found: whatever its case, and by other names that people know it by. */
import { nearest } from '../base/nearest.ts';
import { isProviderId, type ProviderId, providerIds } from './presets.ts';

/** Other names, as `written` writes them. A name of a product stands with the sender that delivers for it. */
export const otherNames: Partial<Record<ProviderId, readonly string[]>> = {
  'aws-sns': ['sns', 'amazon-sns', 'aws-simple-notification-service'],
  'azure-devops': ['ado', 'devops', 'vsts', 'azure-devops-service-hooks'],
  'azure-event-grid': ['event-grid', 'eventgrid', 'azure-eventgrid'],
  'customer-io': ['customerio'],
  'dropbox-sign': ['hellosign', 'dropboxsign'],
  'google-calendar': ['gcal', 'googlecalendar'],
  'microsoft-graph': ['ms-graph', 'msgraph', 'graph-api'],
  'microsoft-teams': ['teams', 'ms-teams', 'msteams'],
  auth0: ['auth0-log-streams'],
  bigcommerce: ['big-commerce'],
  bitbucket: ['bitbucket-cloud'],
  circleci: ['circle-ci'],
  datadog: ['data-dog'],
  discord: ['discord-interactions'],
  docusign: ['docusign-connect'],
  generic: ['custom', 'other', 'any'],
  github: ['gh', 'github-enterprise', 'github-app'],
  hubspot: ['hub-spot'],
  jira: ['jira-cloud'],
  line: ['line-messaging-api'],
  mailchimp: ['mailchimp-marketing'],
  mandrill: ['mailchimp-transactional'],
  meta: ['facebook', 'instagram', 'messenger', 'whatsapp'],
  monday: ['monday-com'],
  okta: ['okta-event-hooks'],
  openai: ['open-ai'],
  paddle: ['paddle-billing'],
  pagerduty: ['pager-duty'],
  pusher: ['pusher-channels'],
  salesforce: ['sfdc'],
  sanity: ['sanity-io'],
  sendgrid: ['twilio-sendgrid'],
  sentry: ['sentry-io'],
  servicenow: ['service-now', 'snow'],
  svix: ['standard-webhooks', 'standardwebhooks', 'clerk', 'resend', 'replicate', 'brex'],
  telegram: ['telegram-bot', 'telegram-bots'],
  twitch: ['twitch-eventsub', 'eventsub'],
  woocommerce: ['woo', 'woo-commerce'],
  x: ['twitter', 'x-com'],
};

const byOtherName = new Map(providerIds.flatMap((id) => (otherNames[id] ?? []).map((name) => [name, id])));

/** A name as ids are written: `Amazon SNS` is `amazon-sns`. */
const written = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s_.]+/g, '-');

/** The id of the sender that goes by this name. */
export function providerIdOf(name: string): ProviderId | undefined {
  const id = written(name.slice(0, 64));
  return isProviderId(id) ? id : byOtherName.get(id);
}

/** The id that was most likely meant by a name that no sender has. */
export function nearestProvider(name: string): ProviderId | undefined {
  const found = nearest(written(name.slice(0, 64)), [...providerIds, ...byOtherName.keys()]);
  return found === undefined ? undefined : providerIdOf(found);
}
