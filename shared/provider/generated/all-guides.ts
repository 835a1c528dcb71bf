// Written by npm run providers.
import type { Guide } from '../preset.ts';
import { guide as adyen } from '../presets/adyen.ts';
import { guide as airtable } from '../presets/airtable.ts';
import { guide as asana } from '../presets/asana.ts';
import { guide as auth0 } from '../presets/auth0.ts';
import { guide as awsSns } from '../presets/aws-sns.ts';
import { guide as azureDevops } from '../presets/azure-devops.ts';
import { guide as azureEventGrid } from '../presets/azure-event-grid.ts';
import { guide as bigcommerce } from '../presets/bigcommerce.ts';
import { guide as bitbucket } from '../presets/bitbucket.ts';
import { guide as box } from '../presets/box.ts';
import { guide as brex } from '../presets/brex.ts';
import { guide as calendly } from '../presets/calendly.ts';
import { guide as circleci } from '../presets/circleci.ts';
import { guide as clerk } from '../presets/clerk.ts';
import { guide as cloudinary } from '../presets/cloudinary.ts';
import { guide as contentful } from '../presets/contentful.ts';
import { guide as customerIo } from '../presets/customer-io.ts';
import { guide as datadog } from '../presets/datadog.ts';
import { guide as discord } from '../presets/discord.ts';
import { guide as docusign } from '../presets/docusign.ts';
import { guide as dropbox } from '../presets/dropbox.ts';
import { guide as dropboxSign } from '../presets/dropbox-sign.ts';
import { guide as figma } from '../presets/figma.ts';
import { guide as freshdesk } from '../presets/freshdesk.ts';
import { guide as generic } from '../presets/generic.ts';
import { guide as github } from '../presets/github.ts';
import { guide as gitlab } from '../presets/gitlab.ts';
import { guide as googleCalendar } from '../presets/google-calendar.ts';
import { guide as hubspot } from '../presets/hubspot.ts';
import { guide as intercom } from '../presets/intercom.ts';
import { guide as jira } from '../presets/jira.ts';
import { guide as klaviyo } from '../presets/klaviyo.ts';
import { guide as line } from '../presets/line.ts';
import { guide as linear } from '../presets/linear.ts';
import { guide as mailchimp } from '../presets/mailchimp.ts';
import { guide as mailgun } from '../presets/mailgun.ts';
import { guide as mandrill } from '../presets/mandrill.ts';
import { guide as meta } from '../presets/meta.ts';
import { guide as microsoftGraph } from '../presets/microsoft-graph.ts';
import { guide as microsoftTeams } from '../presets/microsoft-teams.ts';
import { guide as monday } from '../presets/monday.ts';
import { guide as notion } from '../presets/notion.ts';
import { guide as okta } from '../presets/okta.ts';
import { guide as openai } from '../presets/openai.ts';
import { guide as paddle } from '../presets/paddle.ts';
import { guide as pagerduty } from '../presets/pagerduty.ts';
import { guide as paypal } from '../presets/paypal.ts';
import { guide as pipedrive } from '../presets/pipedrive.ts';
import { guide as polar } from '../presets/polar.ts';
import { guide as postmark } from '../presets/postmark.ts';
import { guide as pusher } from '../presets/pusher.ts';
import { guide as razorpay } from '../presets/razorpay.ts';
import { guide as render } from '../presets/render.ts';
import { guide as replicate } from '../presets/replicate.ts';
import { guide as resend } from '../presets/resend.ts';
import { guide as salesforce } from '../presets/salesforce.ts';
import { guide as sanity } from '../presets/sanity.ts';
import { guide as sendgrid } from '../presets/sendgrid.ts';
import { guide as sentry } from '../presets/sentry.ts';
import { guide as servicenow } from '../presets/servicenow.ts';
import { guide as shopify } from '../presets/shopify.ts';
import { guide as slack } from '../presets/slack.ts';
import { guide as square } from '../presets/square.ts';
import { guide as standardWebhooks } from '../presets/standard-webhooks.ts';
import { guide as stripe } from '../presets/stripe.ts';
import { guide as supabase } from '../presets/supabase.ts';
import { guide as svix } from '../presets/svix.ts';
import { guide as telegram } from '../presets/telegram.ts';
import { guide as trello } from '../presets/trello.ts';
import { guide as twilio } from '../presets/twilio.ts';
import { guide as twitch } from '../presets/twitch.ts';
import { guide as typeform } from '../presets/typeform.ts';
import { guide as vercel } from '../presets/vercel.ts';
import { guide as wix } from '../presets/wix.ts';
import { guide as woocommerce } from '../presets/woocommerce.ts';
import { guide as workos } from '../presets/workos.ts';
import { guide as x } from '../presets/x.ts';
import { guide as xero } from '../presets/xero.ts';
import { guide as yousign } from '../presets/yousign.ts';
import { guide as zendesk } from '../presets/zendesk.ts';
import { guide as zoom } from '../presets/zoom.ts';
import type { ProviderId } from '../presets.ts';

export const guides: Record<ProviderId, Guide> = {
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
