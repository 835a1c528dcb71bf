/**
 * Handshakes as the senders document them, with the answer that each sender expects. The HMACs in the answers were made
 * with `hmac` of Python 3, so no code of this project made them.
 */
export interface HandshakeRequestText {
  provider: string;
  method: string;
  /** Without `?`. */
  query?: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface LiteralHandshake extends HandshakeRequestText {
  /** What the request has to prove. */
  proof: 'delivery' | 'none' | 'window' | { verifyToken: string };
  /** The text that the sender wants back, or the secret that it delivers, or the URL that it wants called. */
  challenge?: string;
  /** The answer has status 200. */
  answer: { headers: Record<string, string>; body: string };
}

/** The secret of the senders whose answers have an HMAC. */
export const handshakeSecret = 'it is a secret';

const json = { 'content-type': 'application/json' };
const text = { 'content-type': 'text/plain' };
const form = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' };
const empty = { headers: text, body: '' };

export const literalHandshakes: LiteralHandshake[] = [
  {
    provider: 'asana',
    method: 'POST',
    headers: { 'x-hook-secret': 'b537207f20cbfa02357cf448134da559' },
    body: '{}',
    proof: 'window',
    challenge: 'b537207f20cbfa02357cf448134da559',
    answer: { headers: { ...text, 'x-hook-secret': 'b537207f20cbfa02357cf448134da559' }, body: '' },
  },
  {
    provider: 'aws-sns',
    method: 'POST',
    headers: { 'content-type': 'text/plain; charset=UTF-8', 'x-amz-sns-message-type': 'SubscriptionConfirmation' },
    body: '{"Type":"SubscriptionConfirmation","SubscribeURL":"https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription"}',
    proof: 'delivery',
    challenge: 'https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription',
    answer: empty,
  },
  {
    provider: 'azure-event-grid',
    method: 'POST',
    headers: { ...json, 'aeg-event-type': 'SubscriptionValidation' },
    body: '[{"id":"1","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"validationCode":"512d38b6-c7b8-40c8"}}]',
    proof: 'delivery',
    challenge: '512d38b6-c7b8-40c8',
    answer: { headers: json, body: '{"validationResponse":"512d38b6-c7b8-40c8"}' },
  },
  {
    provider: 'azure-event-grid',
    method: 'OPTIONS',
    headers: { 'webhook-request-origin': 'eventgrid.azure.net' },
    proof: 'none',
    challenge: 'eventgrid.azure.net',
    answer: {
      headers: { ...text, 'webhook-allowed-origin': 'eventgrid.azure.net', 'webhook-allowed-rate': '*' },
      body: '',
    },
  },
  {
    provider: 'discord',
    method: 'POST',
    headers: json,
    body: '{"id":"1","application_id":"2","type":1,"version":1}',
    proof: 'delivery',
    answer: { headers: json, body: '{"type":1}' },
  },
  {
    provider: 'dropbox',
    method: 'GET',
    query: 'challenge=ccc2ad4d4b',
    proof: 'none',
    challenge: 'ccc2ad4d4b',
    answer: { headers: text, body: 'ccc2ad4d4b' },
  },
  { provider: 'intercom', method: 'HEAD', proof: 'none', answer: empty },
  { provider: 'mailchimp', method: 'GET', query: 'token=hle_sample', proof: 'delivery', answer: empty },
  { provider: 'mandrill', method: 'HEAD', proof: 'none', answer: empty },
  {
    provider: 'meta',
    method: 'GET',
    query: 'hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=meatyhamhock',
    proof: { verifyToken: 'meatyhamhock' },
    challenge: '1158201444',
    answer: { headers: text, body: '1158201444' },
  },
  {
    provider: 'microsoft-graph',
    method: 'POST',
    query: 'token=hle_sample&validationToken=Validation%3A+Testing+client',
    headers: text,
    proof: 'delivery',
    challenge: 'Validation: Testing client',
    answer: { headers: text, body: 'Validation: Testing client' },
  },
  {
    provider: 'monday',
    method: 'POST',
    headers: json,
    body: '{"challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}',
    proof: 'none',
    challenge: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P',
    answer: { headers: json, body: '{"challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}' },
  },
  {
    provider: 'notion',
    method: 'POST',
    headers: json,
    body: '{"verification_token":"secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl"}',
    proof: 'window',
    challenge: 'secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl',
    answer: empty,
  },
  {
    provider: 'okta',
    method: 'GET',
    headers: { 'x-okta-verification-challenge': 'my verification challenge' },
    proof: 'none',
    challenge: 'my verification challenge',
    answer: { headers: json, body: '{"verification":"my verification challenge"}' },
  },
  {
    provider: 'slack',
    method: 'POST',
    headers: json,
    body: '{"token":"Jhj5","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P","type":"url_verification"}',
    proof: 'delivery',
    challenge: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P',
    answer: { headers: text, body: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P' },
  },
  { provider: 'trello', method: 'HEAD', proof: 'none', answer: empty },
  {
    provider: 'twitch',
    method: 'POST',
    headers: { ...json, 'twitch-eventsub-message-type': 'webhook_callback_verification' },
    body: '{"challenge":"pogchamp-kappa-360noscope-vohiyo","subscription":{"type":"channel.follow"}}',
    proof: 'delivery',
    challenge: 'pogchamp-kappa-360noscope-vohiyo',
    answer: { headers: text, body: 'pogchamp-kappa-360noscope-vohiyo' },
  },
  { provider: 'woocommerce', method: 'POST', headers: form, body: 'webhook_id=1', proof: 'none', answer: empty },
  {
    provider: 'x',
    method: 'GET',
    query: 'crc_token=challenge_string',
    proof: 'none',
    challenge: 'challenge_string',
    answer: { headers: json, body: '{"response_token":"sha256=SCT57qBUe0Uf36YPmOvRzQJxjIu2QDn5V+GWCqqmTZs="}' },
  },
  {
    provider: 'zoom',
    method: 'POST',
    headers: json,
    body: '{"event":"endpoint.url_validation","payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"}}',
    proof: 'delivery',
    challenge: 'qgg8vlvZRS6UYooatFL8Aw',
    answer: {
      headers: json,
      body: '{"plainToken":"qgg8vlvZRS6UYooatFL8Aw","encryptedToken":"be837d5ac508a2b760df69dc326c1d28b13ea7424d69cd5018c341abe864cee0"}',
    },
  },
];

/** Requests that look like a handshake, and are none. */
export const otherRequests: HandshakeRequestText[] = [
  { provider: 'meta', method: 'GET', query: 'hub.mode=unsubscribe&hub.challenge=1' },
  { provider: 'meta', method: 'GET', query: 'hub.challenge=1' },
  { provider: 'dropbox', method: 'GET' },
  { provider: 'x', method: 'GET' },
  { provider: 'okta', method: 'GET' },
  { provider: 'azure-event-grid', method: 'OPTIONS' },
  {
    provider: 'woocommerce',
    method: 'POST',
    headers: { ...form, 'x-wc-webhook-signature': 'a' },
    body: 'webhook_id=1',
  },
  { provider: 'woocommerce', method: 'POST', headers: json, body: '{"webhook_id":1}' },
  { provider: 'woocommerce', method: 'POST', headers: form, body: 'order=1' },
];
