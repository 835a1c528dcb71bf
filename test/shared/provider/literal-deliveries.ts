/**
 * Signed deliveries of senders, written out as text. The signatures were made with `hmac` and `hashlib` of Python 3, so no
 * code of this project made them. Example: `hmac.new(secret, message, hashlib.sha256).hexdigest()`. Signatures by a private
 * key were made with OpenSSL 3: `openssl pkeyutl -sign -rawin` for Ed25519, `openssl dgst -sha256 -sign` for the others. Each
 * entry says which message the sender signs. All secrets, names and ids are made up.
 */

export interface LiteralDelivery {
  provider: string;
  /** The name of the older scheme that signs it, if it is not the preset's own scheme. */
  scheme?: string;
  /** What the sender signs. */
  signs: string;
  /** The secret, or the public key. */
  secret: string;
  /** A secret that is not the right one. By default, the secret with one character changed. */
  otherSecret?: string;
  /** By default `https://hooks.example.com/hooks/orders/ep_1`. */
  url?: string;
  headers: Record<string, string>;
  body: string;
  /** The event's type, as the preset finds it. */
  type: string;
  /** The delivery's id, as the preset finds it. */
  deliveryId?: string;
  /** The id and the type of each item of a batch. */
  items?: [id: string | undefined, type: string][];
  /** For how many seconds before and after its time it is valid. Without it, it is always valid. */
  validSeconds?: number;
  /** Another body would have the same signature. */
  isBodyOpen?: true;
}

export const literalDeliveries: LiteralDelivery[] = [
  {
    provider: 'github',
    signs: 'the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-hub-signature-256': 'sha256=c92addae3456ac09cd90730225d0968943b512589d87e7048d832e556c08178c',
      'x-github-event': 'issues',
      'x-github-delivery': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    },
    body: '{"action":"opened","issue":{"number":7}}',
    type: 'issues',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
  },
  {
    provider: 'github',
    scheme: 'github-sha1',
    signs: 'the body, with SHA-1',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-hub-signature': 'sha1=5736f756e0d0f3f89501985e568b6bc960b91ec9',
      'x-github-event': 'issues',
      'x-github-delivery': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    },
    body: '{"action":"opened","issue":{"number":7}}',
    type: 'issues',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
  },
  {
    provider: 'gitlab',
    signs: 'the id, a dot, the time, a dot and the body',
    secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u',
    headers: {
      'content-type': 'application/json',
      'webhook-id': 'msg_1',
      'webhook-timestamp': '1772366400',
      'webhook-signature':
        'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,zkjEULf0x9Ymxz7SckmlNGvQT+ExbONCocXE/LuIIiQ=',
      'x-gitlab-event': 'Push Hook',
    },
    body: '{"object_kind":"push"}',
    type: 'Push Hook',
    deliveryId: 'msg_1',
    validSeconds: 300,
  },
  {
    provider: 'standard-webhooks',
    signs: 'the id, a dot, the time, a dot and the body',
    secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u',
    headers: {
      'content-type': 'application/json',
      'webhook-id': 'msg_2',
      'webhook-timestamp': '1772366400',
      'webhook-signature':
        'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,L8PTD0sR5CPRJeO4JxDAXLPM4tTPEnv8dlzzyqwBe9I=',
    },
    body: '{"type":"user.created","data":{}}',
    type: 'user.created',
    deliveryId: 'msg_2',
    validSeconds: 300,
  },
  {
    provider: 'svix',
    signs: 'the id, a dot, the time, a dot and the body',
    secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u',
    headers: {
      'content-type': 'application/json',
      'svix-id': 'msg_3',
      'svix-timestamp': '1772366400',
      'svix-signature':
        'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,c3AAwoybBoXtU1k43QCZH2PrQC0CRm6iaxVH75QSGxc=',
    },
    body: '{"type":"user.created","data":{}}',
    type: 'user.created',
    deliveryId: 'msg_3',
    validSeconds: 300,
  },
  {
    provider: 'openai',
    signs: 'the id, a dot, the time, a dot and the body',
    secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u',
    headers: {
      'content-type': 'application/json',
      'webhook-id': 'wh_1',
      'webhook-timestamp': '1772366400',
      'webhook-signature':
        'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,6AGSth3yw7jP4IxtvIWTGSowJujgGcha3kspuCHc0No=',
    },
    body: '{"type":"response.completed","id":"evt_1"}',
    type: 'response.completed',
    deliveryId: 'wh_1',
    validSeconds: 300,
  },
  {
    provider: 'supabase',
    signs: 'the id, a dot, the time, a dot and the body',
    secret: 'v1,whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u',
    headers: {
      'content-type': 'application/json',
      'webhook-id': 'wh_2',
      'webhook-timestamp': '1772366400',
      'webhook-signature':
        'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,QbA/3/nL2NsSXnpfo4568HVQGJveFEvQTdf7r8hmCus=',
    },
    body: '{"metadata":{"name":"before-user-created"}}',
    type: 'before-user-created',
    deliveryId: 'wh_2',
    validSeconds: 300,
  },
  {
    provider: 'stripe',
    signs: 'the time, a dot and the body',
    secret: 'whsec_test',
    headers: {
      'content-type': 'application/json',
      'stripe-signature':
        't=1772366400,v1=21123dffb076d1cb0ffca3b278c687a024c21aa6f64f8ac60357405c8e390f1e,v0=0000000000000000000000000000000000000000000000000000000000000000',
    },
    body: '{"id":"evt_1","type":"charge.succeeded"}',
    type: 'charge.succeeded',
    deliveryId: 'evt_1',
    validSeconds: 300,
  },
  {
    provider: 'slack',
    signs: 'v0:, the time, a colon and the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-slack-request-timestamp': '1772366400',
      'x-slack-signature': 'v0=720833f12fed6b6fb7f6a6184dcfc738cd9170b7af4bfd9c5434d6cbdee1ad10',
    },
    body: '{"type":"event_callback","event_id":"Ev1","event":{"type":"app_mention"}}',
    type: 'app_mention',
    deliveryId: 'Ev1',
    validSeconds: 300,
  },
  {
    provider: 'zoom',
    signs: 'v0:, the time, a colon and the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-zm-request-timestamp': '1772366400',
      'x-zm-signature': 'v0=939a3a8c9958924d520d4a50813497806bbd4219ee8c55e326a413a9a84b866c',
    },
    body: '{"event":"meeting.started","payload":{}}',
    type: 'meeting.started',
  },
  {
    provider: 'customer-io',
    signs: 'v0:, the time, a colon and the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-cio-timestamp': '1772366400',
      'x-cio-signature': 'ee86f2e29d44e6a5b5731df8dd16671d46d1a0846ed2ef68521a9ee7b633d575',
    },
    body: '{"event_id":"01E4","metric":"opened"}',
    type: 'opened',
    deliveryId: '01E4',
  },
  {
    provider: 'shopify',
    signs: 'the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-shopify-hmac-sha256': 'fq252loLW6xnPQaEpK6rDaV2stgz1udjPPnp7dWqaS4=',
      'x-shopify-topic': 'orders/create',
      'x-shopify-webhook-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    },
    body: '{"id":820982911946154500}',
    type: 'orders/create',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
  },
  {
    provider: 'linear',
    signs: 'the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'linear-signature': '4e909cb73cd536c038e0c3490cb5dacaa69eb4eca97c2def6f52941c22e2a6ae',
      'linear-event': 'Issue',
      'linear-delivery': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    },
    body: '{"action":"create","type":"Issue","webhookTimestamp":1772366400000}',
    type: 'Issue',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    validSeconds: 60,
  },
  {
    provider: 'square',
    signs: 'the URL and the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-square-hmacsha256-signature': 'fNnhhX71w+YJANSkpwTlwj5Tlw3ceY5A/KPd4EhZ3cs=',
    },
    body: '{"event_id":"6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11","type":"payment.updated"}',
    type: 'payment.updated',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
  },
  {
    provider: 'twilio',
    signs: 'the URL, and the names and values of the form in the order of the names, with SHA-1',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': 'eGkoIJ4xkWZnBaCyEyoswtlLuLc=',
      'i-twilio-idempotency-token': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    },
    body: 'MessageSid=SM1&MessageStatus=delivered&To=%2B15005550006',
    type: 'delivered',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
  },
  {
    provider: 'sentry',
    signs: 'the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'sentry-hook-signature': 'b29ad785c6dd489be10970863ee77aad1db2e6c2ca3a93b249c765f974d1146d',
      'sentry-hook-resource': 'issue',
      'request-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    },
    body: '{"action":"created","data":{"issue":{"id":"1"}}}',
    type: 'issue',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
  },
  {
    provider: 'typeform',
    signs: 'the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'typeform-signature': 'sha256=825EVJL5Siv2i5gonn25SVbFr8sAgLa/GUudjKgosb4=',
    },
    body: '{"event_id":"tf1","event_type":"form_response"}',
    type: 'form_response',
    deliveryId: 'tf1',
  },
  {
    provider: 'line',
    signs: 'the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-line-signature': 'xHlybFJxQnzjGGjvMBek3cwAv1XxWiW4ydPmJ65Ueuo=',
    },
    body: '{"destination":"U1","events":[{"type":"message","webhookEventId":"01H1"},{"type":"follow","webhookEventId":"01H2"}]}',
    type: 'webhook',
    items: [
      ['01H1', 'message'],
      ['01H2', 'follow'],
    ],
  },
  {
    provider: 'bitbucket',
    signs: 'the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-hub-signature': 'sha256=365866db6ba6e5eef39d5bdd936dfc8ed20ecaec76b876176203ecb3d9eb6fd4',
      'x-event-key': 'repo:push',
      'x-request-uuid': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    },
    body: '{"repository":{"name":"sample"}}',
    type: 'repo:push',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
  },
  {
    provider: 'jira',
    signs: 'the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-hub-signature': 'sha256=a813e4c3e2560fdbb4ac1fd1fc73ddd80a57c05e91d2f1d03de799cf73b5237c',
      'x-atlassian-webhook-identifier': 'wh-1',
    },
    body: '{"webhookEvent":"jira:issue_created"}',
    type: 'jira:issue_created',
    deliveryId: 'wh-1',
  },
  {
    provider: 'circleci',
    signs: 'the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'circleci-signature': 'v1=16ec5b4e594399d92f89e551cdb339835bb194a998c61e3ff579ad766a2f7691',
      'circleci-event-type': 'job-completed',
    },
    body: '{"type":"job-completed","id":"6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11"}',
    type: 'job-completed',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
  },
  {
    provider: 'vercel',
    signs: 'the body, with SHA-1',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-vercel-signature': 'f51f0fd186f4036e051147dd1766a5368f1f8c02',
    },
    body: '{"id":"evt_v1","type":"deployment.succeeded"}',
    type: 'deployment.succeeded',
    deliveryId: 'evt_v1',
  },
  {
    provider: 'razorpay',
    signs: 'the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-razorpay-signature': 'e7d3cbdb803c641f720d921da12c4ad3fe05d42afc6b1abfd26f09da8a3c849b',
      'x-razorpay-event-id': 'rzp-1',
    },
    body: '{"entity":"event","event":"payment.captured"}',
    type: 'payment.captured',
    deliveryId: 'rzp-1',
  },
  {
    provider: 'xero',
    signs: 'the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-xero-signature': 'v02IAyKlYr+f418UukPTQ/9h2WiHbgXFTP6q8C9t/L0=',
    },
    body: '{"events":[{"eventType":"UPDATE"},{"eventType":"CREATE"}]}',
    type: 'webhook',
    items: [
      [undefined, 'UPDATE'],
      [undefined, 'CREATE'],
    ],
  },
  {
    provider: 'paddle',
    signs: 'the time, a colon and the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'paddle-signature': 'ts=1772366400;h1=4f45b99c3d906f46beaf270402997a11a24acf50bebf13c065d0249afa209a40',
    },
    body: '{"event_id":"evt_p1","event_type":"transaction.paid"}',
    type: 'transaction.paid',
    deliveryId: 'evt_p1',
    validSeconds: 5,
  },
  {
    provider: 'adyen',
    signs: 'eight fields of the item, joined by colons',
    secret: '44782def547aaa06c910c43932b1eb0c71fc68d9d0c057550c48ec2acf6ba056',
    headers: {
      'content-type': 'application/json',
    },
    body: '{"live":"false","notificationItems":[{"NotificationRequestItem":{"eventCode":"AUTHORISATION","success":"true","pspReference":"7914073381342284","merchantReference":"order-17","merchantAccountCode":"SampleShop","amount":{"value":1130,"currency":"EUR"},"additionalData":{"hmacSignature":"RmE82QnCQ2YngyDcBsTqpq1VBbZOCKHbynVd+J5YcCE="}}}]}',
    type: 'AUTHORISATION',
    items: [['7914073381342284', 'AUTHORISATION']],
    isBodyOpen: true,
  },
  {
    provider: 'woocommerce',
    signs: 'the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-wc-webhook-signature': 'qawMR4Na/uFr9QNEB/133trCiMAw/cs4a0IcqnmKQLQ=',
      'x-wc-webhook-topic': 'order.created',
    },
    body: '{"id":727}',
    type: 'order.created',
  },
  {
    provider: 'hubspot',
    signs: 'the method, the URL, the body and the time',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-hubspot-request-timestamp': '1772366400000',
      'x-hubspot-signature-v3': '40Pym7q8LLIpHNKBi6l3fSqSDVbRWneU7GPuKvsGUlM=',
    },
    body: '[{"eventId":100,"subscriptionType":"contact.creation"}]',
    type: 'webhook',
    items: [['100', 'contact.creation']],
    validSeconds: 300,
  },
  {
    provider: 'hubspot',
    scheme: 'hubspot-v1',
    signs: 'the secret and the body, with SHA-256 and no HMAC',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-hubspot-signature-version': 'v1',
      'x-hubspot-signature': 'af7745e8e3f1decac7284afb8f5f7962f6b5738ff9f585624f5bdea056cc4feb',
    },
    body: '[{"eventId":100,"subscriptionType":"contact.creation"}]',
    type: 'webhook',
    items: [['100', 'contact.creation']],
  },
  {
    provider: 'hubspot',
    scheme: 'hubspot-v2',
    signs: 'the secret, the method, the URL and the body, with SHA-256 and no HMAC',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-hubspot-signature-version': 'v2',
      'x-hubspot-signature': 'cd2e3d73c64388c0cc038658b9fc0fd1b128b28b1ee3c4be35b20c1fd5d47d93',
    },
    body: '[{"eventId":100,"subscriptionType":"contact.creation"}]',
    type: 'webhook',
    items: [['100', 'contact.creation']],
  },
  {
    provider: 'klaviyo',
    signs: 'the body and the time',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'klaviyo-timestamp': 'Sun, 01 Mar 2026 12:00:00 GMT',
      'klaviyo-signature': 'dfe7da021d56d3f7a1b239b7999e5f0566f90db627c725ff67f676c0161b5326',
    },
    body: '{"data":[{"external_id":"ev1","topic":"event:klaviyo.sent_sms"}]}',
    type: 'webhook',
    items: [['ev1', 'event:klaviyo.sent_sms']],
  },
  {
    provider: 'intercom',
    signs: 'the body, with SHA-1',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-hub-signature': 'sha1=c0cf911ce27cf8667a4243538899b11334945cd7',
    },
    body: '{"id":"notif_1","topic":"conversation.user.created"}',
    type: 'conversation.user.created',
    deliveryId: 'notif_1',
  },
  {
    provider: 'twitch',
    signs: 'the id, the time and the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'twitch-eventsub-message-type': 'notification',
      'twitch-eventsub-message-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
      'twitch-eventsub-message-timestamp': '2026-03-01T12:00:00Z',
      'twitch-eventsub-message-signature': 'sha256=824fec862fb7cb73a9acf0fae2f99a59cc861af5e38e5974d9b78268820b419f',
    },
    body: '{"subscription":{"type":"channel.follow"},"event":{}}',
    type: 'channel.follow',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    validSeconds: 600,
  },
  {
    provider: 'microsoft-teams',
    signs: 'the body',
    secret: 'MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u',
    headers: {
      'content-type': 'application/json',
      authorization: 'HMAC 3+ULuVCNJ5rUZutiRfe5+z4NRyeaaN4hJgCdFl3Qg4c=',
    },
    body: '{"type":"message","id":"1485983408511"}',
    type: 'message',
    deliveryId: '1485983408511',
  },
  {
    provider: 'meta',
    signs: 'the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-hub-signature-256': 'sha256=915082cef73cc1b3e32ba19f46cc8d986ce797113f2cd2b60f1ece6e7e31db87',
    },
    body: '{"object":"page","entry":[{"changes":[{"field":"feed"}]}]}',
    type: 'page',
    items: [[undefined, 'feed']],
  },
  {
    provider: 'x',
    signs: 'the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-twitter-webhooks-signature': 'sha256=wiA8YZlB2bEaXBlDjYn8SNzYGvRm+NbdnOUBPCPquvI=',
    },
    body: '{"for_user_id":"1"}',
    type: 'webhook',
  },
  {
    provider: 'mandrill',
    signs: 'the URL, and the name and the value of the field, with SHA-1',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-mandrill-signature': '2L0XPS3sTa9arnQgyY8roF2mTBM=',
    },
    body: 'mandrill_events=%5B%7B%22_id%22%3A%22m1%22%2C%22event%22%3A%22open%22%7D%5D',
    type: 'webhook',
    items: [['m1', 'open']],
  },
  {
    provider: 'mailgun',
    signs: 'the time and the token, and not the event',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
    },
    body: '{"signature":{"timestamp":"1772366400","token":"a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1","signature":"e905baa4fa1334e3838653e760304c7143ab5b152bc3b7a0cc19fac51a1624f3"},"event-data":{"event":"opened","id":"mg-1"}}',
    type: 'opened',
    deliveryId: 'mg-1',
    isBodyOpen: true,
  },
  {
    provider: 'notion',
    signs: 'the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-notion-signature': 'sha256=db7b05342d59778eebbc7af90d6304401c5782470a295aa0c1d742982ebb48ea',
    },
    body: '{"id":"6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11","type":"page.created"}',
    type: 'page.created',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
  },
  {
    provider: 'asana',
    signs: 'the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-hook-signature': '24d743042de0395bd7c6afb31cd08c4eba8bf4fbc1725799383ea23c8a76f596',
    },
    body: '{"events":[{"action":"changed"}]}',
    type: 'webhook',
    items: [[undefined, 'changed']],
  },
  {
    provider: 'trello',
    signs: 'the body and the URL, with SHA-1',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-trello-webhook': 'VBpEhwodIFv/GYczUeIbpV3DJM0=',
    },
    body: '{"action":{"id":"tr1","type":"updateCard"}}',
    type: 'updateCard',
    deliveryId: 'tr1',
  },
  {
    provider: 'airtable',
    signs: 'the body',
    secret: 'MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u',
    headers: {
      'content-type': 'application/json',
      'x-airtable-content-mac': 'hmac-sha256=ad2798197f6be039f598493eb85dcd4d5c251720e5ae4427e2f9a3b6b8b77220',
    },
    body: '{"base":{"id":"app1"}}',
    type: 'webhook',
  },
  {
    provider: 'calendly',
    signs: 'the time, a dot and the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'calendly-webhook-signature': 't=1772366400,v1=712ed33827ab2d69e6caeccd93b423ee34872ebf67665a9f55c1626110fb34b8',
    },
    body: '{"event":"invitee.created"}',
    type: 'invitee.created',
    validSeconds: 180,
  },
  {
    provider: 'workos',
    signs: 'the time, a dot and the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'workos-signature': 't=1772366400000, v1=008f0d7fded000b04b452a07c2eb52c5f3ef44363e8da59479b6abbc00546708',
    },
    body: '{"id":"wo1","event":"dsync.user.created"}',
    type: 'dsync.user.created',
    deliveryId: 'wo1',
    validSeconds: 180,
  },
  {
    provider: 'docusign',
    signs: 'the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-docusign-signature-1': 'NewO59ZLFuljU+eTU6g7Fxx7K5uC8CpRyZGsbc3LEDQ=',
      'x-docusign-signature-2': 'ZL4no8/gOjRaPdymDL6R9sHRZ5nsXbcED3SyxWDJ8i4=',
    },
    body: '{"event":"envelope-completed"}',
    type: 'envelope-completed',
  },
  {
    provider: 'yousign',
    signs: 'the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-yousign-signature-256': 'sha256=34bcfc1d62bc66645615736e9e510557cbaa8de72fc88fb20b70ef1c491c19f5',
    },
    body: '{"event_id":"6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11","event_name":"signer.done"}',
    type: 'signer.done',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
  },
  {
    provider: 'dropbox-sign',
    signs: 'two fields of the event, and not the rest of it',
    secret: 'it is a secret',
    headers: {
      'content-type': 'multipart/form-data; boundary=xYzZY',
    },
    body: '--xYzZY\r\nContent-Disposition: form-data; name="json"\r\n\r\n{"event":{"event_time":"1772366400","event_type":"signature_request_sent","event_hash":"61e6af446bf66e105caea24f9656ce7aa1bfe891ac2653034ce61d98c80b050f"}}\r\n--xYzZY--\r\n',
    type: 'signature_request_sent',
    isBodyOpen: true,
  },
  {
    provider: 'zendesk',
    signs: 'the time and the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-zendesk-webhook-signature-timestamp': '2026-03-01T12:00:00Z',
      'x-zendesk-webhook-signature': 'TDajbTucnHYkKU9L4VcW81I/pSIVXssAMT8W2O65NCk=',
    },
    body: '{"id":"6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11","type":"zen:event-type:ticket.created"}',
    type: 'zen:event-type:ticket.created',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
  },
  {
    provider: 'pagerduty',
    signs: 'the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-pagerduty-signature':
        'v1=0000000000000000000000000000000000000000000000000000000000000000,v1=1b9d92bc79381e20bd4f9ef4b435d9a04b4b7a4e9b137bb36a1fe0fd3fa40326',
    },
    body: '{"event":{"id":"pd1","event_type":"incident.triggered"}}',
    type: 'incident.triggered',
    deliveryId: 'pd1',
  },
  {
    provider: 'pusher',
    signs: 'the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-pusher-signature': '3441a1b8af072463563890f50339d811a93d0ad6caed3cb8ad84870df1efbd94',
    },
    body: '{"time_ms":1772366400000,"events":[{"name":"channel_occupied"}]}',
    type: 'webhook',
    items: [[undefined, 'channel_occupied']],
  },
  {
    provider: 'dropbox',
    signs: 'the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-dropbox-signature': '1452d71c6f4b18e1d784ed1d701344157ce59245f3574dd275ae2cdfa5ce1513',
    },
    body: '{"list_folder":{"accounts":["dbid:1"]}}',
    type: 'webhook',
  },
  {
    provider: 'box',
    signs: 'the body and the time',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'box-delivery-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
      'box-delivery-timestamp': '2026-03-01T12:00:00Z',
      'box-signature-version': '1',
      'box-signature-algorithm': 'HmacSHA256',
      'box-signature-primary': 'PI/ZvCqMzjhwa99Bdm84hCfOqFHzIBQZYIb6QVsT2p0=',
      'box-signature-secondary': 'XQAw/ftElCYkzvaBXigNJFlA4ApEGa533ZW5yhpFHeg=',
    },
    body: '{"trigger":"FILE.UPLOADED"}',
    type: 'FILE.UPLOADED',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    validSeconds: 600,
  },
  {
    provider: 'contentful',
    signs: 'the method, the path, the signed headers and the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-contentful-topic': 'ContentManagement.Entry.publish',
      'x-contentful-timestamp': '1772366400000',
      'x-contentful-signed-headers': 'x-contentful-signed-headers,x-contentful-timestamp',
      'x-contentful-signature': '474df14eaa1abd660187dd447aca0bc918186c9bba18ed0b6f583f5f861a6326',
    },
    body: '{"sys":{"id":"entry1"}}',
    type: 'ContentManagement.Entry.publish',
    validSeconds: 30,
  },
  {
    provider: 'sanity',
    signs: 'the time, a dot and the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'sanity-webhook-signature': 't=1772366400000,v1=q_q7r7RHQKcJ1nPcfj_foV0bE4FgwqhZQhJdIpXSwFo',
      'idempotency-key': 'sa1',
      'sanity-operation': 'update',
    },
    body: '{"_id":"doc1","_type":"post"}',
    type: 'update',
    deliveryId: 'sa1',
  },
  {
    provider: 'cloudinary',
    signs: 'the body, the time and the secret, with SHA-256 and no HMAC',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-cld-timestamp': '1772366400',
      'x-cld-signature': '1dc788b7f21bdb18792cb66c58ebaaa3b4424485780deebe99b015f6437f93a6',
    },
    body: '{"notification_type":"upload"}',
    type: 'upload',
    validSeconds: 7200,
  },
  {
    provider: 'cloudinary',
    scheme: 'cloudinary-sha1',
    signs: 'the body, the time and the secret, with SHA-1 and no HMAC',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-cld-timestamp': '1772366400',
      'x-cld-signature': '59b0c9015fce357dcaef16a9d0a9480cf269c8dd',
    },
    body: '{"notification_type":"upload"}',
    type: 'upload',
    validSeconds: 7200,
  },
  {
    provider: 'brex',
    signs: 'the id, a dot, the time, a dot and the body',
    secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u',
    headers: {
      'content-type': 'application/json',
      'webhook-id': 'msg_6',
      'webhook-timestamp': '1772366400',
      'webhook-signature':
        'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,3GAXVW/3S0LJ8lmTB8MuN8xyxmtcE/cItxid1SWclxc=',
    },
    body: '{"event_type":"TRANSFER_PROCESSED","transfer_id":"pti_1"}',
    type: 'TRANSFER_PROCESSED',
    deliveryId: 'msg_6',
    validSeconds: 300,
  },
  {
    provider: 'render',
    signs: 'the id, a dot, the time, a dot and the body',
    secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u',
    headers: {
      'content-type': 'application/json',
      'webhook-id': 'evt-r1',
      'webhook-timestamp': '1772366400',
      'webhook-signature':
        'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,mn3Kb0v6hM35/n5c99Cym+Wl5upYb02fnvc7y4ub1UM=',
    },
    body: '{"type":"deploy_ended","data":{"id":"evt-r1"}}',
    type: 'deploy_ended',
    deliveryId: 'evt-r1',
    validSeconds: 300,
  },
  {
    provider: 'replicate',
    signs: 'the id, a dot, the time, a dot and the body',
    secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u',
    headers: {
      'content-type': 'application/json',
      'webhook-id': 'msg_5',
      'webhook-timestamp': '1772366400',
      'webhook-signature':
        'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,Cizoh00ycG1t0q97fDbVr7zqzokppU/hj2Ff4ZVznoA=',
    },
    body: '{"id":"pred1","status":"succeeded"}',
    type: 'succeeded',
    deliveryId: 'msg_5',
    validSeconds: 300,
  },
  {
    provider: 'clerk',
    signs: 'the id, a dot, the time, a dot and the body',
    secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u',
    headers: {
      'content-type': 'application/json',
      'svix-id': 'msg_7',
      'svix-timestamp': '1772366400',
      'svix-signature':
        'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,+DKUhY7zJo4fH4saA5Dv0Gu2zhhy70mPkTwIO9uKHvE=',
    },
    body: '{"type":"user.created","object":"event"}',
    type: 'user.created',
    deliveryId: 'msg_7',
    validSeconds: 300,
  },
  {
    provider: 'resend',
    signs: 'the id, a dot, the time, a dot and the body',
    secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u',
    headers: {
      'content-type': 'application/json',
      'svix-id': 'msg_4',
      'svix-timestamp': '1772366400',
      'svix-signature':
        'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,OnOY/BvMmc67QRpBKIrQ32CWH25/mcYEreHROwQqCOI=',
    },
    body: '{"type":"email.delivered","data":{"email_id":"em_1"}}',
    type: 'email.delivered',
    deliveryId: 'msg_4',
    validSeconds: 300,
  },
  {
    provider: 'polar',
    signs: 'the id, a dot, the time, a dot and the body',
    secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u',
    headers: {
      'content-type': 'application/json',
      'webhook-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
      'webhook-timestamp': '1772366400',
      'webhook-signature':
        'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,+g6RxZo7Ibda5FKLcOh3YsU0Es8HkO5Ven1hkJeBYuA=',
    },
    body: '{"type":"order.paid","data":{"id":"order_1"}}',
    type: 'order.paid',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    validSeconds: 300,
  },
  {
    provider: 'polar',
    scheme: 'polar-utf8',
    signs: 'the id, a dot, the time, a dot and the body. The key is the text of the whole secret',
    secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u',
    headers: {
      'content-type': 'application/json',
      'webhook-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
      'webhook-timestamp': '1772366400',
      'webhook-signature':
        'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,ZgTspwtcKtEY95Wv0iG2Be9O8wSJHPZX8+6FeBLWB5g=',
    },
    body: '{"type":"order.paid","data":{"id":"order_1"}}',
    type: 'order.paid',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    validSeconds: 300,
  },
  {
    provider: 'svix',
    scheme: 'standard-webhooks',
    signs: 'the id, a dot, the time, a dot and the body',
    secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u',
    headers: {
      'content-type': 'application/json',
      'webhook-id': 'msg_8',
      'webhook-timestamp': '1772366400',
      'webhook-signature':
        'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,JNEDts8CJUjYG9rV8hGCVdbrYwnQrKK89V8UaNDnFmE=',
    },
    body: '{"type":"user.created","data":{}}',
    type: 'user.created',
    validSeconds: 300,
  },
  {
    provider: 'supabase',
    signs: 'the id, a dot, the time, a dot and the body',
    secret: 'v1,whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u',
    headers: {
      'content-type': 'application/json',
      'webhook-id': 'wh_3',
      'webhook-timestamp': '1772366400',
      'webhook-signature':
        'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,ypZoW+iUPJLR4vR+S24nVbiInf/AkgRHY0TQL6Wuno8=',
    },
    body: '{"user":{"id":"u1"},"email_data":{"email_action_type":"signup"}}',
    type: 'signup',
    deliveryId: 'wh_3',
    validSeconds: 300,
  },
  {
    provider: 'stripe',
    scheme: 'stripe-v0',
    signs: 'the time, a dot and the body. A test event has this signature as v0',
    secret: 'whsec_test',
    headers: {
      'content-type': 'application/json',
      'stripe-signature':
        't=1772366400,v1=0000000000000000000000000000000000000000000000000000000000000000,v0=21123dffb076d1cb0ffca3b278c687a024c21aa6f64f8ac60357405c8e390f1e',
    },
    body: '{"id":"evt_1","type":"charge.succeeded"}',
    type: 'charge.succeeded',
    deliveryId: 'evt_1',
    validSeconds: 300,
  },
  {
    provider: 'adyen',
    scheme: 'adyen-platform',
    signs: 'the body',
    secret: '44782def547aaa06c910c43932b1eb0c71fc68d9d0c057550c48ec2acf6ba056',
    headers: { 'content-type': 'application/json', hmacsignature: 'SZNk+myC4t4ZmvVoJu6uyg4hQZd5r29aghlVxFJ+a7A=' },
    body: '{"type":"balancePlatform.transfer.created","data":{"id":"tr1"}}',
    type: 'balancePlatform.transfer.created',
  },
  {
    provider: 'dropbox-sign',
    scheme: 'dropbox-sign-json',
    signs: 'two fields of the event, and not the rest of it',
    secret: 'it is a secret',
    headers: { 'content-type': 'application/json' },
    body: '{"event":{"event_time":"1772366400","event_type":"signature_request_viewed","event_hash":"bbe626095a6629653ae3fc360fe700d8ff66c28cb9564dd9e901474d493458a1"}}',
    type: 'signature_request_viewed',
    isBodyOpen: true,
  },
  {
    provider: 'box',
    signs: 'the body and the time. Only the secondary key is still the one that is known here',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'box-delivery-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
      'box-delivery-timestamp': '2026-03-01T12:00:00Z',
      'box-signature-version': '1',
      'box-signature-algorithm': 'HmacSHA256',
      'box-signature-primary': 'cv5TQX1YI20l1ThWHiZXHZB5ShaAI3O6+x72/DibqwU=',
      'box-signature-secondary': 'TBgOH4j+5kA7BobJ3NGN6GO+3/xSeHwSssNf+MzNVQI=',
    },
    body: '{"trigger":"FILE.DELETED"}',
    type: 'FILE.DELETED',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    validSeconds: 600,
  },
  {
    provider: 'circleci',
    signs: 'the body, with two keys',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'circleci-signature':
        'v1=0000000000000000000000000000000000000000000000000000000000000000,v1=0d1979fb2d4f693ffc2d04d8e0b0ebe4fc3ecbd5a1787ef24d7ff22bb7dca507',
      'circleci-event-type': 'workflow-completed',
    },
    body: '{"type":"workflow-completed","id":"6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11"}',
    type: 'workflow-completed',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
  },
  {
    provider: 'slack',
    signs: 'v0:, the time, a colon and the body, which is a form',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': '1772366400',
      'x-slack-signature': 'v0=304c05ba94ffd50e48021d777b499ea7b8e1bcc571347cfaf4d381ab3f2286af',
    },
    body: 'command=%2Fdeploy&text=now&team_id=T1',
    type: '/deploy',
    validSeconds: 300,
  },
  {
    provider: 'slack',
    signs: 'v0:, the time, a colon and the body, which is a form',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': '1772366400',
      'x-slack-signature': 'v0=8205ad04d99258927d55870e636073e2277d4fb29ed6c29697d2c7d270a2360e',
    },
    body: 'payload=%7B%22type%22%3A%22block_actions%22%2C%22team%22%3A%7B%22id%22%3A%22T1%22%7D%7D',
    type: 'block_actions',
    validSeconds: 300,
  },
  {
    provider: 'linear',
    signs: 'the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'linear-signature': '5ea1ede3e649695e169dd4e193159ff47fbe98ef7d257bdaccbf3b025cd64ac6',
      'linear-delivery': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    },
    body: '{"action":"update","type":"Comment","webhookTimestamp":1772366400000}',
    type: 'Comment',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    validSeconds: 60,
  },
  {
    provider: 'twilio',
    signs: 'the URL, and the names and values of the form in the order of the names, with SHA-1',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': 'uqKleUJGcXBudJlyDjWYlLytn9Q=',
      'i-twilio-idempotency-token': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    },
    body: 'CallSid=CA1&CallStatus=ringing',
    type: 'ringing',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
  },
  {
    provider: 'twilio',
    signs: 'the URL, and the names and values of the form in the order of the names, with SHA-1',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': 'W24OocQXz2k6mJ03tMuv5Dm5qZg=',
      'i-twilio-idempotency-token': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    },
    body: 'EventType=onMessageAdded&ConversationSid=CH1',
    type: 'onMessageAdded',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
  },
  {
    provider: 'hubspot',
    url: 'https://hooks.example.com/hooks/orders/ep_1?a=%3A%2F%20b',
    signs: 'the method, the URL with some of its escapes decoded, the body and the time',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-hubspot-request-timestamp': '1772366400000',
      'x-hubspot-signature-v3': 'dr27l9eicoMOqTR6HqpC+Ne4VaLroDpgzLJl6hnOYEM=',
    },
    body: '[{"eventId":101,"subscriptionType":"deal.creation"}]',
    type: 'webhook',
    items: [['101', 'deal.creation']],
    validSeconds: 300,
  },
  {
    provider: 'discord',
    signs: 'the time and the body, with Ed25519',
    secret: '8bb36bc4cc9f73803c693e825193e8ce6c2a3a62b31eec1e64edddf62296edc9',
    headers: {
      'content-type': 'application/json',
      'x-signature-timestamp': '1772366400',
      'x-signature-ed25519':
        'fca17ff6f80bd4f2ad1f30a6c1b845eca324ca01e1d83b7c9e804f1959f7b4c859cc2ddd7929e337d21744e831d112ebed3007f1e33a818bbc9f814fcd89b908',
    },
    body: '{"id":"1","application_id":"2","type":2,"token":"sample"}',
    type: '2',
    deliveryId: '1',
    validSeconds: 300,
  },
  {
    provider: 'sendgrid',
    signs: 'the time and the body, with ECDSA on P-256',
    secret:
      'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAETJ/h+Dc/RZ7Jp+aOfbVkObTUIg9iJzfIauqEjWIvgd7GQdE3YBC8wJfa1EPAhtqUtN7tKxqww5Pj/oa25fvMyg==',
    headers: {
      'content-type': 'application/json',
      'x-twilio-email-event-webhook-timestamp': '1772366400',
      'x-twilio-email-event-webhook-signature':
        'MEQCIBF5V9duz9Xd1U6MfBKYAMLAuG4xpwWR6zKzusIK0J62AiBv9L4Dh41zoK7YBeMra1MKZHAjGh+QZf63LbH+pRdmMQ==',
    },
    body: '[{"email":"a@example.com","event":"delivered","sg_event_id":"sg1"}]\r\n',
    type: 'webhook',
    items: [['sg1', 'delivered']],
  },
  {
    provider: 'monday',
    signs: 'a JWT in the header, and not the body',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      authorization:
        'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE3NzIzNjY0MDAsImV4cCI6MTc3MjM2NjQwMH0.iJQVXsyGuSygEfWwoNjaZkiWdxd44KtOQucCz6MWD9k',
    },
    body: '{"event":{"type":"create_pulse","triggerUuid":"mo1"}}',
    type: 'create_pulse',
    deliveryId: 'mo1',
    validSeconds: 60,
    isBodyOpen: true,
  },
  {
    provider: 'wix',
    signs: 'a JWT, which is the body, with RSA',
    secret:
      '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAqnaHFNjPhSIU0qIc03m8\n6XLdvzemrWvTfXlK5jOYH7lr8EBQ+fp6zSrrJP9NvTqQi7ffCvhC9Lhtt5MREAWf\njeLcyhPHcxZMDWlQCcAKD9K2G/OFBEAI72S2pI/eyP0cKylW1YqbTSH7qY9jianm\naQByBWJBr9Yk0s4bGFAp0s+aR678t9+x+oceRAJN7xLnkglEVJRB9ZP7o+xc6y2+\ngIZR2CeKM03zrkKImV3mOAxtQjRZDwvM7sPLWgmQpFkkQ9j56SiLxXyBXPEs/VHh\nEbRqDEYB6XhzBnL1FvzKhNdFb14h7MhhpXim2qhkjb/KybJb9vW8HHq0+goST1yb\n3QIDAQAB\n-----END PUBLIC KEY-----\n',
    otherSecret:
      '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAlOPYuzOAVTGwmUarCct4\noXhkZ/FNrhS3uW76Ce+lcsLXd5BXVVn9+PFdsF20QsNhece+zjUYBAMv541R54GA\nb0idv2+oHpiHMnJ+k3uY3aBIgMP09vyoLOo0tZsl7mDYXE2uwhcjbtaNdwfY/NQV\nubhuU678W5CvJ/0Q6vle5srYZYasyYjyX2pMigOy6Le2r2Gki0ayWgV97w2wrCNl\n3Bn/AxO9FHWHg2bSQllMbKerryPdOtL9g6vuywANz9KEh3OxQ9j3HSgS6uFfXNI8\nyYIgCWKB6JfoqZ2orqLr20qx/DBITP+jLGU81ZtEnASTmgJMnA18VX0YQklHs7WA\nAwIDAQAB\n-----END PUBLIC KEY-----\n',
    headers: { 'content-type': 'text/plain' },
    body: 'eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJkYXRhIjoie1wiZXZlbnRUeXBlXCI6XCJzYW1wbGVcIn0iLCJpYXQiOjE3NzIzNjY0MDAsImV4cCI6MTc3MjM2NjQwMH0.li2-IiDbdxp1y5ROLUsAlr2Qid5cxFI1Pi3jYilau34vNP4WilxoE09gZ74rvGyCEJCkCsoweqIgkWhOOh7EJtluD9fFjPVuRmInO96FlfiyLl9liI7HXhVfB9OJYDnBlewCYwSJ_XY99wMnS5P8wya6yEu13VRs_DfUkswF0O3-nOVrGpmxm-krAZ54YkZdBc_0VIZ2xm7EH12aT2Xmiluh5A0s_dhC3weo9X1dEKCV4zL1CU7XpH7Wb_hDgZ0sGkhnoDkmrtvO18Gk69GvdIsEWx5nk9mNpq4VdSTTDbbZN0MpJlQugzMjE4YniE8NOPm1gp8V3FqpcA8y_PVVKw',
    type: 'webhook',
    validSeconds: 60,
  },
];

/** A delivery with a signature that must be refused, although the secret and the message are right. */
export interface RefusedDelivery {
  provider: string;
  scheme?: string;
  why: string;
  secret: string;
  headers: Record<string, string>;
  body: string;
  reason: string;
}

/** Made in the same way as the deliveries above. */
export const refusedDeliveries: RefusedDelivery[] = [
  {
    provider: 'box',
    why: 'another version of the signature',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'box-delivery-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
      'box-delivery-timestamp': '2026-03-01T12:00:00Z',
      'box-signature-version': '2',
      'box-signature-algorithm': 'HmacSHA256',
      'box-signature-primary': 'TBgOH4j+5kA7BobJ3NGN6GO+3/xSeHwSssNf+MzNVQI=',
      'box-signature-secondary': 'TBgOH4j+5kA7BobJ3NGN6GO+3/xSeHwSssNf+MzNVQI=',
    },
    body: '{"trigger":"FILE.DELETED"}',
    reason: 'signature_unsupported',
  },
  {
    provider: 'box',
    why: 'another algorithm',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'box-delivery-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
      'box-delivery-timestamp': '2026-03-01T12:00:00Z',
      'box-signature-version': '1',
      'box-signature-algorithm': 'HmacSHA1',
      'box-signature-primary': 'TBgOH4j+5kA7BobJ3NGN6GO+3/xSeHwSssNf+MzNVQI=',
      'box-signature-secondary': 'TBgOH4j+5kA7BobJ3NGN6GO+3/xSeHwSssNf+MzNVQI=',
    },
    body: '{"trigger":"FILE.DELETED"}',
    reason: 'signature_unsupported',
  },
  {
    provider: 'hubspot',
    scheme: 'hubspot-v1',
    why: 'the version is that of another signature',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-hubspot-signature-version': 'v2',
      'x-hubspot-signature': 'af7745e8e3f1decac7284afb8f5f7962f6b5738ff9f585624f5bdea056cc4feb',
    },
    body: '[{"eventId":100,"subscriptionType":"contact.creation"}]',
    reason: 'signature_unsupported',
  },
  {
    provider: 'hubspot',
    scheme: 'hubspot-v2',
    why: 'the version is that of another signature',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/json',
      'x-hubspot-signature-version': 'v1',
      'x-hubspot-signature': 'cd2e3d73c64388c0cc038658b9fc0fd1b128b28b1ee3c4be35b20c1fd5d47d93',
    },
    body: '[{"eventId":100,"subscriptionType":"contact.creation"}]',
    reason: 'signature_unsupported',
  },
  {
    provider: 'mandrill',
    why: 'the form has another field',
    secret: 'it is a secret',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-mandrill-signature': '4o8ajRgMWni2AMfhV//u5V9ipEs=',
    },
    body: 'a=1&mandrill_events=%5B%5D',
    reason: 'message_incomplete',
  },
];
