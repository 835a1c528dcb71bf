// Written by npm run providers.
import type { Literals } from '../../../shared/provider/literals.ts';
import { literals as adyen } from '../../../shared/provider/presets/adyen.ts';
import { literals as airtable } from '../../../shared/provider/presets/airtable.ts';
import { literals as asana } from '../../../shared/provider/presets/asana.ts';
import { literals as auth0 } from '../../../shared/provider/presets/auth0.ts';
import { literals as awsSns } from '../../../shared/provider/presets/aws-sns.ts';
import { literals as azureDevops } from '../../../shared/provider/presets/azure-devops.ts';
import { literals as azureEventGrid } from '../../../shared/provider/presets/azure-event-grid.ts';
import { literals as bigcommerce } from '../../../shared/provider/presets/bigcommerce.ts';
import { literals as bitbucket } from '../../../shared/provider/presets/bitbucket.ts';
import { literals as box } from '../../../shared/provider/presets/box.ts';
import { literals as brex } from '../../../shared/provider/presets/brex.ts';
import { literals as calendly } from '../../../shared/provider/presets/calendly.ts';
import { literals as circleci } from '../../../shared/provider/presets/circleci.ts';
import { literals as clerk } from '../../../shared/provider/presets/clerk.ts';
import { literals as cloudinary } from '../../../shared/provider/presets/cloudinary.ts';
import { literals as contentful } from '../../../shared/provider/presets/contentful.ts';
import { literals as customerIo } from '../../../shared/provider/presets/customer-io.ts';
import { literals as datadog } from '../../../shared/provider/presets/datadog.ts';
import { literals as discord } from '../../../shared/provider/presets/discord.ts';
import { literals as docusign } from '../../../shared/provider/presets/docusign.ts';
import { literals as dropbox } from '../../../shared/provider/presets/dropbox.ts';
import { literals as dropboxSign } from '../../../shared/provider/presets/dropbox-sign.ts';
import { literals as figma } from '../../../shared/provider/presets/figma.ts';
import { literals as freshdesk } from '../../../shared/provider/presets/freshdesk.ts';
import { literals as generic } from '../../../shared/provider/presets/generic.ts';
import { literals as github } from '../../../shared/provider/presets/github.ts';
import { literals as gitlab } from '../../../shared/provider/presets/gitlab.ts';
import { literals as googleCalendar } from '../../../shared/provider/presets/google-calendar.ts';
import { literals as hubspot } from '../../../shared/provider/presets/hubspot.ts';
import { literals as intercom } from '../../../shared/provider/presets/intercom.ts';
import { literals as jira } from '../../../shared/provider/presets/jira.ts';
import { literals as klaviyo } from '../../../shared/provider/presets/klaviyo.ts';
import { literals as line } from '../../../shared/provider/presets/line.ts';
import { literals as linear } from '../../../shared/provider/presets/linear.ts';
import { literals as mailchimp } from '../../../shared/provider/presets/mailchimp.ts';
import { literals as mailgun } from '../../../shared/provider/presets/mailgun.ts';
import { literals as mandrill } from '../../../shared/provider/presets/mandrill.ts';
import { literals as meta } from '../../../shared/provider/presets/meta.ts';
import { literals as microsoftGraph } from '../../../shared/provider/presets/microsoft-graph.ts';
import { literals as microsoftTeams } from '../../../shared/provider/presets/microsoft-teams.ts';
import { literals as monday } from '../../../shared/provider/presets/monday.ts';
import { literals as notion } from '../../../shared/provider/presets/notion.ts';
import { literals as okta } from '../../../shared/provider/presets/okta.ts';
import { literals as openai } from '../../../shared/provider/presets/openai.ts';
import { literals as paddle } from '../../../shared/provider/presets/paddle.ts';
import { literals as pagerduty } from '../../../shared/provider/presets/pagerduty.ts';
import { literals as paypal } from '../../../shared/provider/presets/paypal.ts';
import { literals as pipedrive } from '../../../shared/provider/presets/pipedrive.ts';
import { literals as polar } from '../../../shared/provider/presets/polar.ts';
import { literals as postmark } from '../../../shared/provider/presets/postmark.ts';
import { literals as pusher } from '../../../shared/provider/presets/pusher.ts';
import { literals as razorpay } from '../../../shared/provider/presets/razorpay.ts';
import { literals as render } from '../../../shared/provider/presets/render.ts';
import { literals as replicate } from '../../../shared/provider/presets/replicate.ts';
import { literals as resend } from '../../../shared/provider/presets/resend.ts';
import { literals as salesforce } from '../../../shared/provider/presets/salesforce.ts';
import { literals as sanity } from '../../../shared/provider/presets/sanity.ts';
import { literals as sendgrid } from '../../../shared/provider/presets/sendgrid.ts';
import { literals as sentry } from '../../../shared/provider/presets/sentry.ts';
import { literals as servicenow } from '../../../shared/provider/presets/servicenow.ts';
import { literals as shopify } from '../../../shared/provider/presets/shopify.ts';
import { literals as slack } from '../../../shared/provider/presets/slack.ts';
import { literals as square } from '../../../shared/provider/presets/square.ts';
import { literals as standardWebhooks } from '../../../shared/provider/presets/standard-webhooks.ts';
import { literals as stripe } from '../../../shared/provider/presets/stripe.ts';
import { literals as supabase } from '../../../shared/provider/presets/supabase.ts';
import { literals as svix } from '../../../shared/provider/presets/svix.ts';
import { literals as telegram } from '../../../shared/provider/presets/telegram.ts';
import { literals as trello } from '../../../shared/provider/presets/trello.ts';
import { literals as twilio } from '../../../shared/provider/presets/twilio.ts';
import { literals as twitch } from '../../../shared/provider/presets/twitch.ts';
import { literals as typeform } from '../../../shared/provider/presets/typeform.ts';
import { literals as vercel } from '../../../shared/provider/presets/vercel.ts';
import { literals as wix } from '../../../shared/provider/presets/wix.ts';
import { literals as woocommerce } from '../../../shared/provider/presets/woocommerce.ts';
import { literals as workos } from '../../../shared/provider/presets/workos.ts';
import { literals as x } from '../../../shared/provider/presets/x.ts';
import { literals as xero } from '../../../shared/provider/presets/xero.ts';
import { literals as yousign } from '../../../shared/provider/presets/yousign.ts';
import { literals as zendesk } from '../../../shared/provider/presets/zendesk.ts';
import { literals as zoom } from '../../../shared/provider/presets/zoom.ts';
import type { ProviderId } from '../../../shared/provider/presets.ts';

export const literals: Partial<Record<ProviderId, Literals>> = {
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
