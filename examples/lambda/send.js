/** Sends what GitHub and Stripe would send: a push and a paid invoice, each signed with the secret of its connection. */
import { createHmac, randomUUID } from 'node:crypto';
import { hooklatchClient } from 'hooklatch/client';

const { HOOKLATCH_URL: url = '', HOOKLATCH_TOKEN: token = '' } = process.env;
const client = hooklatchClient({ url, token });
const hmac = (secret, text) => createHmac('sha256', secret).update(text).digest('hex');

async function send(name, body, signature) {
  const params = { name };
  const { endpoint } = await client.call('GET /v1/connections/{name}', { params });
  const { token: secret } = await client.call('GET /v1/connections/{name}/endpoint/token', { params });
  const text = JSON.stringify(body);
  const headers = { 'content-type': 'application/json', ...signature(secret, text) };
  const answer = await fetch(endpoint.url, { method: 'POST', headers, body: text });
  console.log(name, answer.status, await answer.text());
}

const push = { ref: 'refs/heads/main', commits: [{ id: '1' }, { id: '2' }], repository: { full_name: 'you/shop' } };
await send('code', push, (secret, text) => ({
  'x-github-event': 'push',
  'x-github-delivery': randomUUID(),
  'x-hub-signature-256': `sha256=${hmac(secret, text)}`,
}));

const invoice = { id: 'in_1', object: 'invoice', amount_paid: 4200, currency: 'eur' };
const paid = { id: `evt_${randomUUID()}`, object: 'event', type: 'invoice.paid', data: { object: invoice } };
const time = Math.floor(Date.now() / 1000);
await send('payments', paid, (secret, text) => ({
  'stripe-signature': `t=${time},v1=${hmac(secret, `${time}.${text}`)}`,
}));
