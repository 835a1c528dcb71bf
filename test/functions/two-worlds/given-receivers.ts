/** Receivers that say back all that they got, each in an encoding of its own. */
import type {
  OutboundRequest,
  OutboundResult,
  SendOutbound,
} from '../../../shared/ground/outbound/outbound-request.ts';

const entity = (how: (code: number) => string) => (text: string) =>
  text.replace(/[^a-z0-9]/gi, (one) => how(one.charCodeAt(0)));

/** The encodings, by the names of the destinations. */
export const encodings: Record<string, (text: string) => string> = {
  plain: (text) => text,
  percent: encodeURIComponent,
  'lower-percent': (text) => encodeURIComponent(text).replace(/%../g, (one) => one.toLowerCase()),
  'percent-twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  json: JSON.stringify,
  'escaped-json': (text) =>
    JSON.stringify(text).replace(/[&<>'/=+]/g, (one) => `\\u00${one.charCodeAt(0).toString(16)}`),
  'json-in-json': (text) => JSON.stringify(JSON.stringify({ echo: text })),
  html: entity((code) => `&#${code};`),
  'html-hex': entity((code) => `&#x${code.toString(16)};`),
  hex: (text) => Buffer.from(text).toString('hex'),
  base64: (text) => Buffer.from(text).toString('base64'),
  base64url: (text) => Buffer.from(`You sent ${text}`).toString('base64url'),
};

/** The origin of the issuer of access tokens. */
export const issuer = 'https://id.example.com';

/** The most bytes of an answer that are read. */
const mostBytes = 16_384;

function answered(status: number, text: string): OutboundResult {
  const body = Buffer.from(text);
  const read = { body: body.subarray(0, mostBytes), isWhole: body.length <= mostBytes };
  return { outcome: 'answered', status, headers: {}, leftOut: [], ...read };
}

/** What a receiver sees of a request. */
const seenOf = ({ url, headers = {}, body = new Uint8Array() }: OutboundRequest): string[] => [
  Buffer.from(body).toString('utf8'),
  url,
  ...Object.entries(headers).flatMap(([name, value]) => [`${name}: ${value}`, `${value}`]),
];

/** A number that the same attempt always gives. */
const turnOf = ({ headers = {} }: OutboundRequest): number =>
  [...`${headers['webhook-id']} ${headers['hooklatch-attempt']}`].reduce((sum, one) => sum + one.charCodeAt(0), 0);

/** Answers with the status that the event wants, and with one thing that it has seen, or all, or more than is read. */
export const receivers =
  (accessToken: string): SendOutbound =>
  async (request) => {
    if (request.url.startsWith(issuer))
      return answered(200, JSON.stringify({ access_token: accessToken, expires_in: 60 }));
    const seen = seenOf(request);
    const turn = turnOf(request);
    const status = Number(/"answer":(\d{3})/.exec(`${seen[0]}`)?.[1] ?? 200);
    const encode = encodings[new URL(request.url).hostname.split('.')[0] ?? ''] ?? String;
    const text = turn % 2 === 0 ? seen.join('\n') : `${seen[turn % seen.length]}`;
    return answered(status, encode(text).repeat(turn % 7 === 0 ? 40 : 1));
  };
