// Written by npm run providers.
import type { Sample } from '../../../shared/provider/preset.ts';
import { sample as adyen } from '../../../shared/provider/presets/adyen.ts';
import { sample as airtable } from '../../../shared/provider/presets/airtable.ts';
import { sample as asana } from '../../../shared/provider/presets/asana.ts';
import { sample as auth0 } from '../../../shared/provider/presets/auth0.ts';
import { sample as awsSns } from '../../../shared/provider/presets/aws-sns.ts';
import { sample as azureDevops } from '../../../shared/provider/presets/azure-devops.ts';
import { sample as azureEventGrid } from '../../../shared/provider/presets/azure-event-grid.ts';
import { sample as bigcommerce } from '../../../shared/provider/presets/bigcommerce.ts';
import { sample as bitbucket } from '../../../shared/provider/presets/bitbucket.ts';
import { sample as box } from '../../../shared/provider/presets/box.ts';
import { sample as brex } from '../../../shared/provider/presets/brex.ts';
import { sample as calendly } from '../../../shared/provider/presets/calendly.ts';
import { sample as circleci } from '../../../shared/provider/presets/circleci.ts';
import { sample as clerk } from '../../../shared/provider/presets/clerk.ts';
import { sample as cloudinary } from '../../../shared/provider/presets/cloudinary.ts';
import { sample as contentful } from '../../../shared/provider/presets/contentful.ts';
import { sample as customerIo } from '../../../shared/provider/presets/customer-io.ts';
import { sample as datadog } from '../../../shared/provider/presets/datadog.ts';
import { sample as discord } from '../../../shared/provider/presets/discord.ts';
import { sample as docusign } from '../../../shared/provider/presets/docusign.ts';
import { sample as dropbox } from '../../../shared/provider/presets/dropbox.ts';
import { sample as dropboxSign } from '../../../shared/provider/presets/dropbox-sign.ts';
import { sample as figma } from '../../../shared/provider/presets/figma.ts';
import { sample as freshdesk } from '../../../shared/provider/presets/freshdesk.ts';
import { sample as generic } from '../../../shared/provider/presets/generic.ts';
import { sample as github } from '../../../shared/provider/presets/github.ts';
import { sample as gitlab } from '../../../shared/provider/presets/gitlab.ts';
import { sample as googleCalendar } from '../../../shared/provider/presets/google-calendar.ts';
import { sample as hubspot } from '../../../shared/provider/presets/hubspot.ts';
import { sample as intercom } from '../../../shared/provider/presets/intercom.ts';
import { sample as jira } from '../../../shared/provider/presets/jira.ts';
import { sample as klaviyo } from '../../../shared/provider/presets/klaviyo.ts';
import { sample as line } from '../../../shared/provider/presets/line.ts';
import { sample as linear } from '../../../shared/provider/presets/linear.ts';
import { sample as mailchimp } from '../../../shared/provider/presets/mailchimp.ts';
import { sample as mailgun } from '../../../shared/provider/presets/mailgun.ts';
import { sample as mandrill } from '../../../shared/provider/presets/mandrill.ts';
import { sample as meta } from '../../../shared/provider/presets/meta.ts';
import { sample as microsoftGraph } from '../../../shared/provider/presets/microsoft-graph.ts';
import { sample as microsoftTeams } from '../../../shared/provider/presets/microsoft-teams.ts';
import { sample as monday } from '../../../shared/provider/presets/monday.ts';
import { sample as notion } from '../../../shared/provider/presets/notion.ts';
import { sample as okta } from '../../../shared/provider/presets/okta.ts';
import { sample as openai } from '../../../shared/provider/presets/openai.ts';
import { sample as paddle } from '../../../shared/provider/presets/paddle.ts';
import { sample as pagerduty } from '../../../shared/provider/presets/pagerduty.ts';
import { sample as paypal } from '../../../shared/provider/presets/paypal.ts';
import { sample as pipedrive } from '../../../shared/provider/presets/pipedrive.ts';
import { sample as polar } from '../../../shared/provider/presets/polar.ts';
import { sample as postmark } from '../../../shared/provider/presets/postmark.ts';
import { sample as pusher } from '../../../shared/provider/presets/pusher.ts';
import { sample as razorpay } from '../../../shared/provider/presets/razorpay.ts';
import { sample as render } from '../../../shared/provider/presets/render.ts';
import { sample as replicate } from '../../../shared/provider/presets/replicate.ts';
import { sample as resend } from '../../../shared/provider/presets/resend.ts';
import { sample as salesforce } from '../../../shared/provider/presets/salesforce.ts';
import { sample as sanity } from '../../../shared/provider/presets/sanity.ts';
import { sample as sendgrid } from '../../../shared/provider/presets/sendgrid.ts';
import { sample as sentry } from '../../../shared/provider/presets/sentry.ts';
import { sample as servicenow } from '../../../shared/provider/presets/servicenow.ts';
import { sample as shopify } from '../../../shared/provider/presets/shopify.ts';
import { sample as slack } from '../../../shared/provider/presets/slack.ts';
import { sample as square } from '../../../shared/provider/presets/square.ts';
import { sample as standardWebhooks } from '../../../shared/provider/presets/standard-webhooks.ts';
import { sample as stripe } from '../../../shared/provider/presets/stripe.ts';
import { sample as supabase } from '../../../shared/provider/presets/supabase.ts';
import { sample as svix } from '../../../shared/provider/presets/svix.ts';
import { sample as telegram } from '../../../shared/provider/presets/telegram.ts';
import { sample as trello } from '../../../shared/provider/presets/trello.ts';
import { sample as twilio } from '../../../shared/provider/presets/twilio.ts';
import { sample as twitch } from '../../../shared/provider/presets/twitch.ts';
import { sample as typeform } from '../../../shared/provider/presets/typeform.ts';
import { sample as vercel } from '../../../shared/provider/presets/vercel.ts';
import { sample as wix } from '../../../shared/provider/presets/wix.ts';
import { sample as woocommerce } from '../../../shared/provider/presets/woocommerce.ts';
import { sample as workos } from '../../../shared/provider/presets/workos.ts';
import { sample as x } from '../../../shared/provider/presets/x.ts';
import { sample as xero } from '../../../shared/provider/presets/xero.ts';
import { sample as yousign } from '../../../shared/provider/presets/yousign.ts';
import { sample as zendesk } from '../../../shared/provider/presets/zendesk.ts';
import { sample as zoom } from '../../../shared/provider/presets/zoom.ts';
import type { ProviderId } from '../../../shared/provider/presets.ts';

export const samples: Record<ProviderId, Sample> = {
  adyen,
  airtable,
  asana,
  auth0,
  'aws-sns': awsSns,
  'azure-devops': azureDevops,
  'azure-event-grid': azureEventGrid,
  bigcommerce,
  bitbucket,
  box,
  brex,
  calendly,
  circleci,
  clerk,
  cloudinary,
  contentful,
  'customer-io': customerIo,
  datadog,
  discord,
  docusign,
  dropbox,
  'dropbox-sign': dropboxSign,
  figma,
  freshdesk,
  generic,
  github,
  gitlab,
  'google-calendar': googleCalendar,
  hubspot,
  intercom,
  jira,
  klaviyo,
  line,
  linear,
  mailchimp,
  mailgun,
  mandrill,
  meta,
  'microsoft-graph': microsoftGraph,
  'microsoft-teams': microsoftTeams,
  monday,
  notion,
  okta,
  openai,
  paddle,
  pagerduty,
  paypal,
  pipedrive,
  polar,
  postmark,
  pusher,
  razorpay,
  render,
  replicate,
  resend,
  salesforce,
  sanity,
  sendgrid,
  sentry,
  servicenow,
  shopify,
  slack,
  square,
  'standard-webhooks': standardWebhooks,
  stripe,
  supabase,
  svix,
  telegram,
  trello,
  twilio,
  twitch,
  typeform,
  vercel,
  wix,
  woocommerce,
  workos,
  x,
  xero,
  yousign,
  zendesk,
  zoom,
};
