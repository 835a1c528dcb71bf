/** Spoils data in one place at a time, as a slip in a preset would. */

/** Other values for the fields that allow only certain values. */
const others: Record<string, Record<string, unknown[]>> = {
  kind: {
    token: ['signature', 'both'],
    signature: ['token', 'both'],
    both: ['token', 'signature'],
    hmac: ['digest', 'publicKey'],
    digest: ['hmac'],
    publicKey: ['hmac'],
    jwt: ['hmac'],
    twilio: ['adyen', 'contentful'],
    adyen: ['twilio', 'contentful'],
    contentful: ['twilio', 'adyen'],
  },
  algorithm: {
    sha1: ['sha256', 'sha512'],
    sha256: ['sha1', 'sha512'],
    sha512: ['sha1', 'sha256'],
    ed25519: ['ecdsa-p256', 'rsa-sha256'],
    'ecdsa-p256': ['ed25519', 'rsa-sha256'],
    'rsa-sha256': ['ed25519', 'ecdsa-p256'],
    HS256: ['RS256'],
    RS256: ['HS256'],
  },
  encoding: { hex: ['base64', 'base64url'], base64: ['hex', 'base64url'], base64url: ['hex', 'base64'] },
  form: {
    utf8: ['hex', 'base64'],
    hex: ['utf8', 'base64'],
    base64: ['utf8', 'hex'],
    pem: ['spki', 'rawHex'],
    spki: ['pem', 'rawHex'],
    rawHex: ['spki', 'rawBase64'],
  },
  unit: { s: ['ms', 'rfc3339', 'imf'], ms: ['s', 'rfc3339'], rfc3339: ['s', 'imf'], imf: ['s', 'rfc3339'] },
  in: {
    header: ['body', 'query'],
    body: ['header'],
    query: ['header'],
    path: ['query'],
    basic: ['header'],
    numberedHeaders: ['header'],
  },
  part: {
    body: ['url', 'method'],
    url: ['body', 'method'],
    method: ['url', 'body'],
    secret: ['body', 'method'],
    timestamp: ['body', 'method'],
    value: ['body', 'timestamp'],
    literal: ['body', 'timestamp'],
    sortedForm: ['body'],
  },
  by: { header: ['body', 'none', 'content'], body: ['header', 'none', 'content'] },
  method: { GET: ['POST', 'HEAD'], POST: ['GET'], HEAD: ['GET', 'POST'], OPTIONS: ['GET'] },
  proof: { delivery: ['none', 'window'], none: ['delivery', 'window'], window: ['none', 'delivery'] },
  with: {
    nothing: ['json'],
    constant: ['nothing', 'text'],
    text: ['nothing', 'json'],
    json: ['text', 'nothing'],
    header: ['text', 'json'],
    hmac: ['json', 'text'],
    confirmation: ['text', 'json'],
  },
  secretFrom: { sender: ['operator', 'handshake'], handshake: ['operator', 'sender'] },
  separator: { ',': [';', ' '], ';': [',', ' '], ' ': [',', ';'] },
};

/** Fields of `others` that may be absent. Every other one is required: the compiler refuses a preset without it. */
const optional = ['secretFrom', 'separator'];
const isRequired = (key: string): boolean => Object.hasOwn(others, key) && !optional.includes(key);

/** Other values for a text, number or flag. A free text gets another end, and another beginning. */
function otherValues(key: string, value: unknown): unknown[] {
  if (typeof value === 'number') return [value + 1, value - 1];
  if (typeof value === 'boolean') return [!value];
  if (typeof value !== 'string') throw new Error(`no rule spoils ${key}`);
  const known = others[key];
  // A shorter beginning is looser. It does not refuse what the sender sends.
  if (key === 'begins') return [`${value}x`, `x${value}`];
  if (!known) return [`${value}x`, `x${value}`, ...(value === '' ? [] : [value.slice(0, -1)])];
  const found = known[value];
  if (found) return found;
  throw new Error(`no rule spoils ${key}: ${value}`);
}

/** A spoiled copy of the data, and what is wrong in it. */
export interface Spoiled<T> {
  what: string;
  data: T;
}

const without = (data: object, key: string): object =>
  Array.isArray(data)
    ? data.filter((_, at) => at !== Number(key))
    : Object.fromEntries(Object.entries(data).filter(([name]) => name !== key));

const withValue = (data: object, key: string, value: unknown): object =>
  Array.isArray(data) ? data.map((one, at) => (at === Number(key) ? value : one)) : { ...data, [key]: value };

/** All copies of the data with one value changed, one field or list member left out, or one name in `older` changed. */
export function* spoil<T extends object>(data: T, at = ''): Generator<Spoiled<T>> {
  for (const [key, value] of Object.entries(data)) {
    const path = at === '' ? key : `${at}.${key}`;
    if (!isRequired(key)) yield { what: `${path} is left out`, data: without(data, key) as T };
    if (at === 'older')
      yield { what: `${path} has another name`, data: { ...without(data, key), [`${key}x`]: value } as T };
    if (typeof value === 'object' && value !== null) {
      for (const inner of spoil(value as object, path))
        yield { what: inner.what, data: withValue(data, key, inner.data) as T };
    } else {
      for (const other of otherValues(Array.isArray(data) ? at : key, value))
        yield { what: `${path} is ${JSON.stringify(other)}`, data: withValue(data, key, other) as T };
    }
  }
}
