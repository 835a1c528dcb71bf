/** A delivery of each sender as it writes one, before it is signed. All names, ids and addresses in them are made up. */
import type { ProviderId } from '../../../shared/provider/presets.ts';

export interface Sample {
  method: string;
  headers: Record<string, string>;
  body: Buffer;
  /** The event's type and the delivery's id, where the sender has them. */
  type?: string;
  deliveryId?: string;
}

const uuid = '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11';

const sample = (
  contentType: string,
  body: string,
  [type, deliveryId]: readonly (string | undefined)[],
  headers: Record<string, string>,
): Sample => ({
  method: 'POST',
  headers: { 'content-type': contentType, ...headers },
  body: Buffer.from(body),
  ...(type === undefined ? {} : { type }),
  ...(deliveryId === undefined ? {} : { deliveryId }),
});

/** `told` is the type and the id that the sample has. */
const json = (document: unknown, told: [type?: string | undefined, id?: string] = [], headers = {}): Sample =>
  sample('application/json', JSON.stringify(document), told, headers);

const form = (fields: Record<string, string>, told: [type?: string | undefined, id?: string], headers = {}): Sample =>
  sample('application/x-www-form-urlencoded', new URLSearchParams(fields).toString(), told, headers);

const boundary = 'xYzZY0sample';
const multipart = (name: string, value: string): string =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n--${boundary}--\r\n`;

/** Where the two fields are signed, the text goes into the same form again. */
export const dropboxSignBody = (event: unknown): Buffer => Buffer.from(multipart('json', JSON.stringify({ event })));

const adyenItem = {
  eventCode: 'AUTHORISATION',
  success: 'true',
  pspReference: '7914073381342284',
  merchantReference: 'order-17',
  merchantAccountCode: 'SampleShop',
  amount: { value: 1130, currency: 'EUR' },
  eventDate: '2026-03-01T12:00:00+01:00',
};

export const deliveries: Record<ProviderId, Sample> = {
  generic: json({ id: 1 }),
  github: json({ action: 'opened', issue: { number: 7, title: 'It rains' } }, ['issues', uuid], {
    'x-github-event': 'issues',
    'x-github-delivery': uuid,
  }),
  gitlab: json({ object_kind: 'push', ref: 'refs/heads/main' }, ['Push Hook', 'msg_1'], {
    'x-gitlab-event': 'Push Hook',
    'webhook-id': 'msg_1',
    'idempotency-key': 'msg_1',
  }),
  bitbucket: json({ repository: { name: 'sample' } }, ['repo:push', uuid], {
    'x-event-key': 'repo:push',
    'x-request-uuid': uuid,
  }),
  jira: json({ webhookEvent: 'jira:issue_created', issue: { key: 'SMP-1' } }, ['jira:issue_created', 'wh-1'], {
    'x-atlassian-webhook-identifier': 'wh-1',
  }),
  'azure-devops': json({ id: uuid, eventType: 'git.push', resource: { pushId: 14 } }, ['git.push', uuid]),
  circleci: json({ type: 'job-completed', id: uuid, job: { name: 'build' } }, ['job-completed', uuid], {
    'circleci-event-type': 'job-completed',
  }),
  vercel: json({ id: 'evt_v1', type: 'deployment.succeeded', payload: {} }, ['deployment.succeeded', 'evt_v1']),
  sentry: json({ action: 'created', data: { issue: { id: '1' } } }, ['issue', uuid], {
    'sentry-hook-resource': 'issue',
    'sentry-hook-timestamp': '1772366400',
    'request-id': uuid,
  }),
  linear: json({ action: 'create', type: 'Issue', data: { title: 'Sample' } }, ['Issue', uuid], {
    'linear-event': 'Issue',
    'linear-delivery': uuid,
  }),
  stripe: json({ id: 'evt_1Sample', object: 'event', type: 'charge.succeeded' }, ['charge.succeeded', 'evt_1Sample']),
  square: json({ event_id: uuid, type: 'payment.updated', merchant_id: 'M1' }, ['payment.updated', uuid]),
  paypal: json({ id: 'WH-1S-2S', event_type: 'PAYMENT.SALE.COMPLETED' }, ['PAYMENT.SALE.COMPLETED', uuid], {
    'paypal-transmission-id': uuid,
    'paypal-transmission-time': '2026-03-01T12:00:00Z',
    'paypal-auth-algo': 'SHA256withRSA',
    'paypal-cert-url': 'https://api.paypal.com/v1/notifications/certs/CERT-sample',
  }),
  adyen: json({ live: 'false', notificationItems: [{ NotificationRequestItem: adyenItem }] }, ['AUTHORISATION']),
  paddle: json({ event_id: 'evt_p1', event_type: 'transaction.paid', notification_id: 'ntf_p1', data: {} }, [
    'transaction.paid',
    'evt_p1',
  ]),
  razorpay: json({ entity: 'event', event: 'payment.captured' }, ['payment.captured', 'rzp-1'], {
    'x-razorpay-event-id': 'rzp-1',
  }),
  xero: json({ events: [{ eventType: 'UPDATE', resourceId: uuid }], firstEventSequence: 1, lastEventSequence: 1 }),
  shopify: json({ id: 820982911946154500, email: 'someone@example.com' }, ['orders/create', uuid], {
    'x-shopify-topic': 'orders/create',
    'x-shopify-webhook-id': uuid,
    'x-shopify-shop-domain': 'sample.myshopify.com',
  }),
  woocommerce: json({ id: 727, status: 'processing' }, ['order.created'], {
    'x-wc-webhook-topic': 'order.created',
    'x-wc-webhook-delivery-id': 'wc-1',
  }),
  bigcommerce: json({ scope: 'store/order/created', hash: 'abc1', data: { id: 5 } }, ['store/order/created']),
  salesforce: sample(
    'text/xml; charset=utf-8',
    '<?xml version="1.0"?><Envelope><Body><notifications><Id>04l1</Id></notifications></Body></Envelope>',
    [],
    { soapaction: '""' },
  ),
  hubspot: json([{ eventId: 100, subscriptionType: 'contact.creation', objectId: 123, attemptNumber: 0 }]),
  pipedrive: json({ meta: { id: uuid, action: 'change', entity: 'deal' }, data: { id: 1 } }, ['deal', uuid]),
  wix: sample('text/plain', '', [], {}),
  klaviyo: json(
    {
      data: [{ external_id: 'ev1', topic: 'event:klaviyo.sent_sms', payload: {} }],
      meta: { klaviyo_webhook_id: 'w1' },
    },
    [],
    { 'klaviyo-webhook-id': 'w1' },
  ),
  intercom: json({ type: 'notification_event', id: 'notif_1', topic: 'conversation.user.created' }, [
    'conversation.user.created',
    'notif_1',
  ]),
  slack: json({ type: 'event_callback', event_id: 'Ev1', event: { type: 'app_mention', text: 'hi' } }, [
    'app_mention',
    'Ev1',
  ]),
  twilio: form({ MessageSid: 'SM1', MessageStatus: 'delivered', To: '+15005550006' }, ['delivered', uuid], {
    'i-twilio-idempotency-token': uuid,
  }),
  zoom: json({ event: 'meeting.started', event_ts: 1772366400000, payload: {} }, ['meeting.started']),
  telegram: json({ update_id: 10000, message: { message_id: 1, text: 'hello' } }, [undefined, '10000']),
  discord: json({ id: '1', application_id: '2', type: 2, token: 'sample', version: 1 }, ['2', '1']),
  line: json({ destination: 'U1', events: [{ type: 'message', webhookEventId: '01H1' }] }),
  twitch: json({ subscription: { id: uuid, type: 'channel.follow' }, event: {} }, ['channel.follow', uuid], {
    'twitch-eventsub-message-id': uuid,
    'twitch-eventsub-message-type': 'notification',
    'twitch-eventsub-subscription-type': 'channel.follow',
  }),
  'microsoft-teams': json({ type: 'message', id: '1485983408511', text: 'hello' }, ['message', '1485983408511']),
  meta: json({ object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field: 'messages' }] }] }, [
    'whatsapp_business_account',
  ]),
  x: json({ for_user_id: '1', tweet_create_events: [{ id_str: '2', text: 'hello' }] }),
  sendgrid: sample(
    'application/json',
    `[${JSON.stringify({ email: 'a@example.com', event: 'delivered', sg_event_id: 'sg1' })}]\r\n`,
    [],
    {},
  ),
  mailchimp: form({ type: 'subscribe', fired_at: '2026-03-01 12:00:00', 'data[email]': 'a@example.com' }, [
    'subscribe',
  ]),
  mandrill: form({ mandrill_events: JSON.stringify([{ _id: 'm1', event: 'open', ts: 1772366400 }]) }, []),
  mailgun: json(
    { signature: { token: 'a'.repeat(50) }, 'event-data': { event: 'opened', id: 'mg-1', timestamp: 1772366400 } },
    ['opened', 'mg-1'],
  ),
  postmark: json({ RecordType: 'Delivery', MessageID: uuid, Recipient: 'a@example.com' }, ['Delivery']),
  'customer-io': json({ event_id: '01E4', metric: 'opened', object_type: 'email' }, ['opened', '01E4']),
  notion: json({ id: uuid, type: 'page.created', attempt_number: 1, entity: { type: 'page' } }, ['page.created', uuid]),
  asana: json({ events: [{ action: 'changed', resource: { gid: '1', resource_type: 'task' } }] }),
  trello: json({ action: { id: 'tr1', type: 'updateCard' }, model: { id: 'b1' } }, ['updateCard', 'tr1']),
  monday: json({ event: { type: 'create_pulse', triggerUuid: 'mo1', boardId: 1 } }, ['create_pulse', 'mo1']),
  airtable: json({ base: { id: 'app1' }, webhook: { id: 'ach1' }, timestamp: '2026-03-01T12:00:00.000Z' }),
  figma: json({ event_type: 'FILE_UPDATE', file_key: 'k1', timestamp: '2026-03-01T12:00:00Z' }, ['FILE_UPDATE']),
  typeform: json({ event_id: 'tf1', event_type: 'form_response', form_response: {} }, ['form_response', 'tf1']),
  calendly: json({ event: 'invitee.created', payload: { email: 'a@example.com' } }, ['invitee.created']),
  'google-calendar': sample('application/octet-stream', '', ['exists'], {
    'x-goog-resource-state': 'exists',
    'x-goog-message-number': '10',
    'x-goog-channel-id': uuid,
  }),
  okta: json(
    { eventId: uuid, eventType: 'com.okta.event_hook', data: { events: [{ uuid, eventType: 'user.session.start' }] } },
    ['com.okta.event_hook', uuid],
  ),
  auth0: json([{ log_id: '9002026', data: { type: 's', client_name: 'Sample' } }]),
  workos: json({ id: 'wo1', event: 'dsync.user.created', data: {} }, ['dsync.user.created', 'wo1']),
  docusign: json({ event: 'envelope-completed', data: { envelopeId: uuid } }, ['envelope-completed']),
  yousign: json({ event_id: uuid, event_name: 'signer.done', event_time: '1772366400' }, ['signer.done', uuid]),
  'dropbox-sign': {
    ...sample(`multipart/form-data; boundary=${boundary}`, '', ['signature_request_sent'], {}),
    body: dropboxSignBody({ event_time: '1772366400', event_type: 'signature_request_sent' }),
  },
  zendesk: json({ id: uuid, type: 'zen:event-type:ticket.created', detail: {} }, [
    'zen:event-type:ticket.created',
    uuid,
  ]),
  freshdesk: json({ freshdesk_webhook: { ticket_id: 1, ticket_status: 'Open' } }),
  servicenow: json({ sys_id: 'abc', number: 'INC0010001' }),
  pagerduty: json({ event: { id: 'pd1', event_type: 'incident.triggered' } }, ['incident.triggered', 'pd1']),
  datadog: json({ id: '1', title: '[Triggered] CPU', alert_type: 'error' }),
  'aws-sns': sample(
    'text/plain; charset=UTF-8',
    JSON.stringify({
      Type: 'Notification',
      MessageId: uuid,
      TopicArn: 'arn:aws:sns:eu-central-1:123456789012:sample',
      Message: 'hello',
      Timestamp: '2026-03-01T12:00:00.000Z',
      SignatureVersion: '2',
      SigningCertURL: 'https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-sample.pem',
    }),
    ['Notification', uuid],
    { 'x-amz-sns-message-type': 'Notification', 'x-amz-sns-message-id': uuid },
  ),
  'azure-event-grid': json(
    [{ id: uuid, eventType: 'Microsoft.Storage.BlobCreated', subject: '/blob', data: {}, dataVersion: '1' }],
    ['Microsoft.Storage.BlobCreated'],
    { 'aeg-event-type': 'Notification' },
  ),
  'microsoft-graph': json(
    { value: [{ subscriptionId: uuid, changeType: 'created', clientState: 'sample', resource: 'me/messages/1' }] },
    ['created'],
  ),
  pusher: json({ time_ms: 1772366400000, events: [{ name: 'channel_occupied', channel: 'c1' }] }, [], {
    'x-pusher-key': 'key1',
  }),
  svix: json({ type: 'user.created', data: { id: 'user_1' } }, ['user.created', 'msg_2'], { 'svix-id': 'msg_2' }),
  openai: json({ id: 'evt_o1', object: 'event', type: 'response.completed' }, ['response.completed', 'wh_o1'], {
    'webhook-id': 'wh_o1',
  }),
  dropbox: json({ list_folder: { accounts: ['dbid:1'] }, delta: { users: [1] } }),
  box: json({ type: 'webhook_event', id: 'bx1', trigger: 'FILE.UPLOADED' }, ['FILE.UPLOADED', uuid], {
    'box-delivery-id': uuid,
  }),
  contentful: json({ sys: { id: 'entry1', type: 'Entry' } }, ['ContentManagement.Entry.publish'], {
    'x-contentful-topic': 'ContentManagement.Entry.publish',
  }),
  sanity: json({ _id: 'doc1', _type: 'post' }, ['update', 'sa1'], {
    'sanity-operation': 'update',
    'idempotency-key': 'sa1',
  }),
  cloudinary: json({ notification_type: 'upload', public_id: 'sample', version: 1772366400 }, ['upload']),
};
