/**
 * What each sender asks for and expects, written out by hand from the senders' own documentation. It repeats what the
 * presets say on purpose: a slip in a preset must not go unnoticed.
 */
/** The token in `requestsWithToken`. */
export const literalToken = 'hle_of-the-sender-0123';

interface TokenRequest {
  headers?: Record<string, string>;
  query?: string;
  rest?: string;
  body?: string;
}

/**
 * Requests that carry the token, by the place of the token. The text for Basic was made with
 * `printf 'hooklatch:hle_of-the-sender-0123' | base64`.
 */
export const requestsWithToken = {
  basic: { headers: { authorization: 'Basic aG9va2xhdGNoOmhsZV9vZi10aGUtc2VuZGVyLTAxMjM=' } },
  bearer: { headers: { authorization: 'Bearer hle_of-the-sender-0123' } },
  authorization: { headers: { authorization: 'hle_of-the-sender-0123' } },
  webhookToken: { headers: { 'x-webhook-token': 'hle_of-the-sender-0123' } },
  gitlab: { headers: { 'x-gitlab-token': 'hle_of-the-sender-0123' } },
  google: { headers: { 'x-goog-channel-token': 'hle_of-the-sender-0123' } },
  telegram: { headers: { 'x-telegram-bot-api-secret-token': 'hle_of-the-sender-0123' } },
  passcode: { body: '{"event_type":"PING","passcode":"hle_of-the-sender-0123"}' },
  query: { query: 'a=1&token=hle_of-the-sender-0123' },
  path: { rest: 'hle_of-the-sender-0123' },
} satisfies Record<string, TokenRequest>;
export type TokenPlace = keyof typeof requestsWithToken;

export interface LiteralSender {
  demands: 'token' | 'signature' | 'both';
  secretFrom: 'operator' | 'sender' | 'handshake';
  /** Where the sender can put a token. */
  tokenIn?: TokenPlace[];
  /** The answer to a stored delivery. By default 202 with the event's id. */
  answer?: { status: number; contentType: string; body: string };
  /** The status of a rejection. By default 403. */
  refusal?: 401;
  /** The signature does not cover the body. */
  isBodyOpen?: true;
}

const inUrl: TokenPlace[] = ['query', 'path'];
const inHeaders: TokenPlace[] = ['bearer', 'webhookToken'];
const inAuthorization: TokenPlace[] = ['bearer', 'authorization'];

/** Only 200 counts as success, or the body of an answer would be read. */
const emptyOk = { status: 200, contentType: 'application/json', body: '' };
const textOk = (body: string) => ({ status: 200, contentType: 'text/plain', body });

/** The operator enters the secret at the sender. */
const entered: LiteralSender = { demands: 'signature', secretFrom: 'operator' };
/** The sender shows its secret or its public key. */
const shown: LiteralSender = { demands: 'signature', secretFrom: 'sender' };
const delivered: LiteralSender = { demands: 'signature', secretFrom: 'handshake' };
const withToken = (...tokenIn: TokenPlace[]): LiteralSender => ({ demands: 'token', secretFrom: 'operator', tokenIn });
const withBoth = (...tokenIn: TokenPlace[]): LiteralSender => ({
  demands: 'both',
  secretFrom: 'sender',
  tokenIn,
  isBodyOpen: true,
});

export const literalSenders: Record<string, LiteralSender> = {
  adyen: { ...withBoth('basic', ...inUrl), answer: textOk('[accepted]') },
  airtable: { ...shown, answer: emptyOk },
  asana: { ...delivered, answer: emptyOk },
  auth0: withToken(...inAuthorization),
  'aws-sns': { ...entered, tokenIn: ['basic', ...inUrl] },
  'azure-devops': withToken('basic', ...inHeaders),
  'azure-event-grid': withToken(...inHeaders, ...inUrl),
  bigcommerce: withToken(...inHeaders),
  bitbucket: entered,
  box: shown,
  brex: shown,
  calendly: entered,
  circleci: entered,
  clerk: shown,
  cloudinary: shown,
  contentful: { ...shown, tokenIn: [...inHeaders, 'basic'] },
  'customer-io': shown,
  datadog: withToken(...inHeaders, 'basic'),
  discord: {
    ...shown,
    refusal: 401,
    answer: { status: 200, contentType: 'application/json', body: '{"type":5}' },
  },
  docusign: shown,
  dropbox: shown,
  'dropbox-sign': { ...withBoth(...inUrl), answer: textOk('Hello API Event Received') },
  figma: withToken('passcode'),
  freshdesk: withToken('basic', ...inHeaders),
  generic: { demands: 'token', secretFrom: 'operator' },
  github: entered,
  gitlab: { ...shown, tokenIn: ['gitlab'] },
  'google-calendar': withToken('google'),
  hubspot: shown,
  intercom: shown,
  jira: { ...entered, tokenIn: inUrl },
  klaviyo: entered,
  line: { ...shown, answer: emptyOk },
  linear: { ...shown, answer: emptyOk },
  mailchimp: { ...withToken(...inUrl), answer: emptyOk },
  mailgun: withBoth(...inUrl),
  mandrill: shown,
  meta: { ...shown, answer: emptyOk },
  'microsoft-graph': { ...withToken(...inUrl), answer: { ...emptyOk, status: 202 } },
  'microsoft-teams': shown,
  monday: { ...withBoth(...inUrl), answer: emptyOk },
  notion: delivered,
  okta: withToken(...inAuthorization),
  openai: shown,
  paddle: shown,
  pagerduty: shown,
  paypal: { ...entered, tokenIn: inUrl, isBodyOpen: true },
  pipedrive: withToken('basic'),
  polar: shown,
  postmark: { ...withToken('basic', ...inHeaders, ...inUrl), answer: emptyOk },
  pusher: shown,
  razorpay: entered,
  render: shown,
  replicate: shown,
  resend: shown,
  salesforce: {
    ...withToken(...inUrl),
    answer: {
      status: 200,
      contentType: 'application/xml',
      body: '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>',
    },
  },
  sanity: entered,
  sendgrid: shown,
  sentry: shown,
  servicenow: withToken(...inHeaders, 'basic', ...inUrl),
  shopify: shown,
  slack: { ...shown, answer: emptyOk },
  square: shown,
  'standard-webhooks': shown,
  stripe: shown,
  supabase: shown,
  svix: shown,
  telegram: withToken('telegram'),
  trello: shown,
  twilio: { ...shown, tokenIn: ['basic', ...inUrl], answer: { ...emptyOk, status: 204 } },
  twitch: entered,
  typeform: entered,
  vercel: shown,
  wix: { ...shown, answer: emptyOk },
  woocommerce: entered,
  workos: shown,
  x: shown,
  xero: { ...shown, refusal: 401, answer: emptyOk },
  yousign: shown,
  zendesk: { ...shown, tokenIn: [...inAuthorization, 'basic'] },
  zoom: { ...shown, answer: emptyOk },
};

/**
 * A delivery whose proof is a token, or a certificate that the operator's scheme names. The fields are those of a
 * `LiteralDelivery`.
 */
export interface UnsignedDelivery {
  provider: string;
  headers: Record<string, string>;
  body: string;
  type: string;
  deliveryId?: string;
  items?: [id: string | undefined, type: string | undefined][];
}

const json = { 'content-type': 'application/json' };
const uuid = '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11';
const plain = (provider: string): UnsignedDelivery => ({
  provider,
  headers: json,
  body: '{"id":1}',
  type: 'webhook',
});

export const unsignedDeliveries: UnsignedDelivery[] = [
  ...(['datadog', 'freshdesk', 'generic', 'servicenow'] as const).map(plain),
  {
    provider: 'auth0',
    headers: json,
    body: '[{"log_id":"9002026","data":{"type":"s"}}]',
    type: 'webhook',
    items: [['9002026', 's']],
  },
  {
    provider: 'aws-sns',
    headers: { 'content-type': 'text/plain; charset=UTF-8', 'x-amz-sns-message-type': 'Notification' },
    body: `{"Type":"Notification","MessageId":"${uuid}","SubscribeURL":"https://sns.eu-central-1.amazonaws.com/"}`,
    type: 'Notification',
    deliveryId: uuid,
  },
  {
    provider: 'azure-devops',
    headers: json,
    body: `{"id":"${uuid}","eventType":"git.push"}`,
    type: 'git.push',
    deliveryId: uuid,
  },
  {
    provider: 'azure-event-grid',
    headers: { ...json, 'aeg-event-type': 'Notification' },
    body: '[{"id":"eg1","eventType":"Microsoft.Storage.BlobCreated","data":{}}]',
    type: 'Microsoft.Storage.BlobCreated',
    items: [['eg1', 'Microsoft.Storage.BlobCreated']],
  },
  {
    // The schema of CloudEvents, in a batch.
    provider: 'azure-event-grid',
    headers: { 'content-type': 'application/cloudevents-batch+json', 'aeg-event-type': 'Notification' },
    body: '[{"specversion":"1.0","id":"ce1","type":"com.example.someevent"}]',
    type: 'com.example.someevent',
    items: [['ce1', undefined]],
  },
  {
    // The schema of CloudEvents, one at a time.
    provider: 'azure-event-grid',
    headers: { 'content-type': 'application/cloudevents+json', 'aeg-event-type': 'Notification' },
    body: '{"specversion":"1.0","id":"ce2","type":"com.example.someevent"}',
    type: 'com.example.someevent',
  },
  {
    provider: 'bigcommerce',
    headers: json,
    body: '{"scope":"store/order/created","hash":"abc1","data":{"id":5}}',
    type: 'store/order/created',
  },
  { provider: 'figma', headers: json, body: '{"event_type":"FILE_UPDATE","file_key":"k1"}', type: 'FILE_UPDATE' },
  {
    provider: 'google-calendar',
    headers: { 'x-goog-resource-state': 'exists', 'x-goog-message-number': '10', 'x-goog-channel-id': uuid },
    body: '',
    type: 'exists',
  },
  {
    provider: 'mailchimp',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'type=subscribe&fired_at=2026-03-01+12%3A00%3A00&data%5Bemail%5D=a%40example.com',
    type: 'subscribe',
  },
  {
    provider: 'microsoft-graph',
    headers: json,
    body: '{"value":[{"id":"gr1","changeType":"created","resource":"me/messages/1"}]}',
    type: 'created',
    items: [['gr1', 'created']],
  },
  {
    provider: 'okta',
    headers: json,
    body: '{"eventId":"ok1","eventType":"com.okta.event_hook","data":{"events":[{"uuid":"ok2","eventType":"user.session.start"}]}}',
    type: 'com.okta.event_hook',
    deliveryId: 'ok1',
    items: [['ok2', 'user.session.start']],
  },
  {
    provider: 'paypal',
    headers: { ...json, 'paypal-transmission-id': uuid },
    body: '{"id":"WH-1S-2S","event_type":"PAYMENT.SALE.COMPLETED"}',
    type: 'PAYMENT.SALE.COMPLETED',
    deliveryId: uuid,
  },
  {
    // Version 2 of Pipedrive's webhooks.
    provider: 'pipedrive',
    headers: json,
    body: '{"meta":{"id":"pi2","action":"change","entity":"deal"},"data":{"id":1}}',
    type: 'deal',
    deliveryId: 'pi2',
  },
  {
    // Version 1 of Pipedrive's webhooks.
    provider: 'pipedrive',
    headers: json,
    body: '{"event":"updated.deal","meta":{"id":1,"action":"updated","object":"deal"}}',
    type: 'updated.deal',
    deliveryId: '1',
  },
  {
    provider: 'postmark',
    headers: json,
    body: '{"RecordType":"Delivery","MessageID":"pm1","Recipient":"a@example.com"}',
    type: 'Delivery',
  },
  {
    provider: 'salesforce',
    headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' },
    body: '<?xml version="1.0"?><Envelope><Body><notifications><Id>04l1</Id></notifications></Body></Envelope>',
    type: 'webhook',
  },
  {
    provider: 'telegram',
    headers: json,
    body: '{"update_id":10000,"message":{"message_id":1,"text":"hello"}}',
    type: 'webhook',
    deliveryId: '10000',
  },
];
