// Written by npm run providers.
import { otherNames as auth0 } from '../presets/auth0.ts';
import { otherNames as awsSns } from '../presets/aws-sns.ts';
import { otherNames as azureDevops } from '../presets/azure-devops.ts';
import { otherNames as azureEventGrid } from '../presets/azure-event-grid.ts';
import { otherNames as bigcommerce } from '../presets/bigcommerce.ts';
import { otherNames as bitbucket } from '../presets/bitbucket.ts';
import { otherNames as circleci } from '../presets/circleci.ts';
import { otherNames as customerIo } from '../presets/customer-io.ts';
import { otherNames as datadog } from '../presets/datadog.ts';
import { otherNames as discord } from '../presets/discord.ts';
import { otherNames as docusign } from '../presets/docusign.ts';
import { otherNames as dropboxSign } from '../presets/dropbox-sign.ts';
import { otherNames as generic } from '../presets/generic.ts';
import { otherNames as github } from '../presets/github.ts';
import { otherNames as googleCalendar } from '../presets/google-calendar.ts';
import { otherNames as hubspot } from '../presets/hubspot.ts';
import { otherNames as jira } from '../presets/jira.ts';
import { otherNames as line } from '../presets/line.ts';
import { otherNames as mailchimp } from '../presets/mailchimp.ts';
import { otherNames as mandrill } from '../presets/mandrill.ts';
import { otherNames as meta } from '../presets/meta.ts';
import { otherNames as microsoftGraph } from '../presets/microsoft-graph.ts';
import { otherNames as microsoftTeams } from '../presets/microsoft-teams.ts';
import { otherNames as monday } from '../presets/monday.ts';
import { otherNames as okta } from '../presets/okta.ts';
import { otherNames as openai } from '../presets/openai.ts';
import { otherNames as paddle } from '../presets/paddle.ts';
import { otherNames as pagerduty } from '../presets/pagerduty.ts';
import { otherNames as pusher } from '../presets/pusher.ts';
import { otherNames as salesforce } from '../presets/salesforce.ts';
import { otherNames as sanity } from '../presets/sanity.ts';
import { otherNames as sendgrid } from '../presets/sendgrid.ts';
import { otherNames as sentry } from '../presets/sentry.ts';
import { otherNames as servicenow } from '../presets/servicenow.ts';
import { otherNames as standardWebhooks } from '../presets/standard-webhooks.ts';
import { otherNames as supabase } from '../presets/supabase.ts';
import { otherNames as telegram } from '../presets/telegram.ts';
import { otherNames as twitch } from '../presets/twitch.ts';
import { otherNames as vercel } from '../presets/vercel.ts';
import { otherNames as woocommerce } from '../presets/woocommerce.ts';
import { otherNames as x } from '../presets/x.ts';

export const otherNames = {
  auth0,
  'aws-sns': awsSns,
  'azure-devops': azureDevops,
  'azure-event-grid': azureEventGrid,
  bigcommerce,
  bitbucket,
  circleci,
  'customer-io': customerIo,
  datadog,
  discord,
  docusign,
  'dropbox-sign': dropboxSign,
  generic,
  github,
  'google-calendar': googleCalendar,
  hubspot,
  jira,
  line,
  mailchimp,
  mandrill,
  meta,
  'microsoft-graph': microsoftGraph,
  'microsoft-teams': microsoftTeams,
  monday,
  okta,
  openai,
  paddle,
  pagerduty,
  pusher,
  salesforce,
  sanity,
  sendgrid,
  sentry,
  servicenow,
  'standard-webhooks': standardWebhooks,
  supabase,
  telegram,
  twitch,
  vercel,
  woocommerce,
  x,
};
