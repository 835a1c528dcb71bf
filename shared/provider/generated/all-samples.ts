// Written by npm run providers.
import type { Sample } from '../preset.ts';
import { sample as adyen } from '../presets/adyen.ts';
import { sample as airtable } from '../presets/airtable.ts';
import { sample as asana } from '../presets/asana.ts';
import { sample as auth0 } from '../presets/auth0.ts';
import { sample as awsSns } from '../presets/aws-sns.ts';
import { sample as azureDevops } from '../presets/azure-devops.ts';
import { sample as azureEventGrid } from '../presets/azure-event-grid.ts';
import { sample as bigcommerce } from '../presets/bigcommerce.ts';
import { sample as bitbucket } from '../presets/bitbucket.ts';
import { sample as box } from '../presets/box.ts';
import { sample as brex } from '../presets/brex.ts';
import { sample as calendly } from '../presets/calendly.ts';
import { sample as circleci } from '../presets/circleci.ts';
import { sample as clerk } from '../presets/clerk.ts';
import { sample as cloudinary } from '../presets/cloudinary.ts';
import { sample as contentful } from '../presets/contentful.ts';
import { sample as customerIo } from '../presets/customer-io.ts';
import { sample as datadog } from '../presets/datadog.ts';
import { sample as discord } from '../presets/discord.ts';
import { sample as docusign } from '../presets/docusign.ts';
import { sample as dropbox } from '../presets/dropbox.ts';
import { sample as dropboxSign } from '../presets/dropbox-sign.ts';
import { sample as figma } from '../presets/figma.ts';
import { sample as freshdesk } from '../presets/freshdesk.ts';
import { sample as generic } from '../presets/generic.ts';
import { sample as github } from '../presets/github.ts';
import { sample as gitlab } from '../presets/gitlab.ts';
import { sample as googleCalendar } from '../presets/google-calendar.ts';
import { sample as hubspot } from '../presets/hubspot.ts';
import { sample as intercom } from '../presets/intercom.ts';
import { sample as jira } from '../presets/jira.ts';
import { sample as klaviyo } from '../presets/klaviyo.ts';
import { sample as line } from '../presets/line.ts';
import { sample as linear } from '../presets/linear.ts';
import { sample as mailchimp } from '../presets/mailchimp.ts';
import { sample as mailgun } from '../presets/mailgun.ts';
import { sample as mandrill } from '../presets/mandrill.ts';
import { sample as meta } from '../presets/meta.ts';
import { sample as microsoftGraph } from '../presets/microsoft-graph.ts';
import { sample as microsoftTeams } from '../presets/microsoft-teams.ts';
import { sample as monday } from '../presets/monday.ts';
import { sample as notion } from '../presets/notion.ts';
import { sample as okta } from '../presets/okta.ts';
import { sample as openai } from '../presets/openai.ts';
import { sample as paddle } from '../presets/paddle.ts';
import { sample as pagerduty } from '../presets/pagerduty.ts';
import { sample as paypal } from '../presets/paypal.ts';
import { sample as pipedrive } from '../presets/pipedrive.ts';
import { sample as polar } from '../presets/polar.ts';
import { sample as postmark } from '../presets/postmark.ts';
import { sample as pusher } from '../presets/pusher.ts';
import { sample as razorpay } from '../presets/razorpay.ts';
import { sample as render } from '../presets/render.ts';
import { sample as replicate } from '../presets/replicate.ts';
import { sample as resend } from '../presets/resend.ts';
import { sample as salesforce } from '../presets/salesforce.ts';
import { sample as sanity } from '../presets/sanity.ts';
import { sample as sendgrid } from '../presets/sendgrid.ts';
import { sample as sentry } from '../presets/sentry.ts';
import { sample as servicenow } from '../presets/servicenow.ts';
import { sample as shopify } from '../presets/shopify.ts';
import { sample as slack } from '../presets/slack.ts';
import { sample as square } from '../presets/square.ts';
import { sample as standardWebhooks } from '../presets/standard-webhooks.ts';
import { sample as stripe } from '../presets/stripe.ts';
import { sample as supabase } from '../presets/supabase.ts';
import { sample as svix } from '../presets/svix.ts';
import { sample as telegram } from '../presets/telegram.ts';
import { sample as trello } from '../presets/trello.ts';
import { sample as twilio } from '../presets/twilio.ts';
import { sample as twitch } from '../presets/twitch.ts';
import { sample as typeform } from '../presets/typeform.ts';
import { sample as vercel } from '../presets/vercel.ts';
import { sample as wix } from '../presets/wix.ts';
import { sample as woocommerce } from '../presets/woocommerce.ts';
import { sample as workos } from '../presets/workos.ts';
import { sample as x } from '../presets/x.ts';
import { sample as xero } from '../presets/xero.ts';
import { sample as yousign } from '../presets/yousign.ts';
import { sample as zendesk } from '../presets/zendesk.ts';
import { sample as zoom } from '../presets/zoom.ts';
import type { ProviderId } from '../presets.ts';

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
