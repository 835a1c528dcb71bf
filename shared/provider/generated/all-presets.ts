// Written by npm run providers.
import { preset as adyen } from '../presets/adyen.ts';
import { preset as airtable } from '../presets/airtable.ts';
import { preset as asana } from '../presets/asana.ts';
import { preset as auth0 } from '../presets/auth0.ts';
import { preset as awsSns } from '../presets/aws-sns.ts';
import { preset as azureDevops } from '../presets/azure-devops.ts';
import { preset as azureEventGrid } from '../presets/azure-event-grid.ts';
import { preset as bigcommerce } from '../presets/bigcommerce.ts';
import { preset as bitbucket } from '../presets/bitbucket.ts';
import { preset as box } from '../presets/box.ts';
import { preset as brex } from '../presets/brex.ts';
import { preset as calendly } from '../presets/calendly.ts';
import { preset as circleci } from '../presets/circleci.ts';
import { preset as clerk } from '../presets/clerk.ts';
import { preset as cloudinary } from '../presets/cloudinary.ts';
import { preset as contentful } from '../presets/contentful.ts';
import { preset as customerIo } from '../presets/customer-io.ts';
import { preset as datadog } from '../presets/datadog.ts';
import { preset as discord } from '../presets/discord.ts';
import { preset as docusign } from '../presets/docusign.ts';
import { preset as dropbox } from '../presets/dropbox.ts';
import { preset as dropboxSign } from '../presets/dropbox-sign.ts';
import { preset as figma } from '../presets/figma.ts';
import { preset as freshdesk } from '../presets/freshdesk.ts';
import { preset as generic } from '../presets/generic.ts';
import { preset as github } from '../presets/github.ts';
import { preset as gitlab } from '../presets/gitlab.ts';
import { preset as googleCalendar } from '../presets/google-calendar.ts';
import { preset as hubspot } from '../presets/hubspot.ts';
import { preset as intercom } from '../presets/intercom.ts';
import { preset as jira } from '../presets/jira.ts';
import { preset as klaviyo } from '../presets/klaviyo.ts';
import { preset as line } from '../presets/line.ts';
import { preset as linear } from '../presets/linear.ts';
import { preset as mailchimp } from '../presets/mailchimp.ts';
import { preset as mailgun } from '../presets/mailgun.ts';
import { preset as mandrill } from '../presets/mandrill.ts';
import { preset as meta } from '../presets/meta.ts';
import { preset as microsoftGraph } from '../presets/microsoft-graph.ts';
import { preset as microsoftTeams } from '../presets/microsoft-teams.ts';
import { preset as monday } from '../presets/monday.ts';
import { preset as notion } from '../presets/notion.ts';
import { preset as okta } from '../presets/okta.ts';
import { preset as openai } from '../presets/openai.ts';
import { preset as paddle } from '../presets/paddle.ts';
import { preset as pagerduty } from '../presets/pagerduty.ts';
import { preset as paypal } from '../presets/paypal.ts';
import { preset as pipedrive } from '../presets/pipedrive.ts';
import { preset as polar } from '../presets/polar.ts';
import { preset as postmark } from '../presets/postmark.ts';
import { preset as pusher } from '../presets/pusher.ts';
import { preset as razorpay } from '../presets/razorpay.ts';
import { preset as render } from '../presets/render.ts';
import { preset as replicate } from '../presets/replicate.ts';
import { preset as resend } from '../presets/resend.ts';
import { preset as salesforce } from '../presets/salesforce.ts';
import { preset as sanity } from '../presets/sanity.ts';
import { preset as sendgrid } from '../presets/sendgrid.ts';
import { preset as sentry } from '../presets/sentry.ts';
import { preset as servicenow } from '../presets/servicenow.ts';
import { preset as shopify } from '../presets/shopify.ts';
import { preset as slack } from '../presets/slack.ts';
import { preset as square } from '../presets/square.ts';
import { preset as standardWebhooks } from '../presets/standard-webhooks.ts';
import { preset as stripe } from '../presets/stripe.ts';
import { preset as supabase } from '../presets/supabase.ts';
import { preset as svix } from '../presets/svix.ts';
import { preset as telegram } from '../presets/telegram.ts';
import { preset as trello } from '../presets/trello.ts';
import { preset as twilio } from '../presets/twilio.ts';
import { preset as twitch } from '../presets/twitch.ts';
import { preset as typeform } from '../presets/typeform.ts';
import { preset as vercel } from '../presets/vercel.ts';
import { preset as wix } from '../presets/wix.ts';
import { preset as woocommerce } from '../presets/woocommerce.ts';
import { preset as workos } from '../presets/workos.ts';
import { preset as x } from '../presets/x.ts';
import { preset as xero } from '../presets/xero.ts';
import { preset as yousign } from '../presets/yousign.ts';
import { preset as zendesk } from '../presets/zendesk.ts';
import { preset as zoom } from '../presets/zoom.ts';

export const presets = {
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
