/** A server that gets webhooks from a destination of Hooklatch, and takes them only if they come from there. */
import { createServer } from 'node:http';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';

const { SERVER_SECRET = '', PORT = '8080' } = process.env;
const signed = new Webhook(SERVER_SECRET);
/** More than the largest webhook. */
const mostBytes = 5 * 1024 * 1024;
/** The deliveries that are handled or were. A program that may stop has them in its database. */
const handled = new Map();

/** @returns the body, or undefined if it is too large */
async function bodyOf(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Your own code. If it throws, the delivery is attempted again. */
async function handle(event, body) {
  console.log(`Handled ${event}: ${body}`);
}

/** A delivery that comes again has the same id. */
function handleOnce(id, event, body) {
  const forgetFailure = (error) => {
    handled.delete(id);
    throw error;
  };
  if (!handled.has(id)) handled.set(id, handle(event, body).catch(forgetFailure));
  return handled.get(id);
}

/** @returns the status of the answer */
async function statusFor(request) {
  if (request.method !== 'POST' || request.url !== '/webhooks') return 404;
  const body = await bodyOf(request);
  if (!body) return 413;
  try {
    signed.verify(body, request.headers, { jsonParse: false });
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error;
    console.log(`Refused a request: ${error.message}`);
    return 401;
  }
  const { 'webhook-id': id, 'hooklatch-event': event } = request.headers;
  await handleOnce(id, event, body);
  return 204;
}

const server = createServer(async (request, response) => {
  const status = await statusFor(request).catch((error) => {
    console.error(error);
    return 500;
  });
  response.writeHead(status).end();
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`The server listens on port ${PORT}`));
