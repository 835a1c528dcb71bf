/**
 * Hints for operators after a rejected signature. The request is verified again with one thing changed, such as the
 * form of the secret. If the signature is then valid, that change is the hint.
 *
 * Hints are only for operators. Hints are stored in the sample of a rejection. The answer to the sender does not depend
 * on the hints. The timing of the answer does not depend on the hints either, because every candidate is always tried.
 * The candidates cost at most about twenty HMACs per live secret. For very large bodies or very many signatures, no
 * candidates are tried. A hint contains no part of a secret, signature or body.
 */

import type { Scheme, TemplateScheme } from './scheme.ts';
import { isFormRequest, type Signable, type SignatureRejection, valuesAt } from './signed-message.ts';
import { verifyWithSecrets } from './verify-by-secret.ts';

/** The meaning of each hint and what to do, for operators. */
export const hints = {
  secret_spaces: 'The signature is valid without the white space around the secret. Enter the secret without it.',
  sender_spaces:
    'The signature is valid if the sender has a space or a line break before or after the secret. Enter the secret again at the sender, without the white space.',
  secret_form:
    'The signature is valid with the secret in another form: as text, hex or base64, or with or without whsec_. Copy the whole secret, or change the key in the custom scheme.',
  hex_for_base64:
    'The signature is valid, but in hex. The scheme expects base64. Make the sender use base64, or change the encoding in the custom scheme.',
  hex_for_base64url:
    'The signature is valid, but in hex. The scheme expects base64url. Make the sender use base64url, or change the encoding in the custom scheme.',
  base64_for_hex:
    'The signature is valid, but in base64. The scheme expects hex. Make the sender use hex, or change the encoding in the custom scheme.',
  base64_for_base64url:
    'The signature is valid, but in base64. The scheme expects base64url: - and _ in place of + and /, and no = at the end. Make the sender use base64url, or change the encoding in the custom scheme.',
  base64url_for_hex:
    'The signature is valid, but in base64url. The scheme expects hex. Make the sender use hex, or change the encoding in the custom scheme.',
  base64url_for_base64:
    'The signature is valid, but in base64url. The scheme expects base64: + and / in place of - and _, and = at the end. Make the sender use base64, or change the encoding in the custom scheme.',
  prefix_missing:
    'The signature is valid, but lacks the prefix that the scheme expects, such as sha256=. Make the sender add the prefix, or change the prefix in the custom scheme.',
  prefix_other:
    'The signature is valid, but has the name of its algorithm as a prefix, such as sha256=. The scheme expects another prefix or none. Make the sender change it, or change the prefix in the custom scheme.',
  body_line_break:
    'The signature is valid for the body with one line break more or fewer at its end. Something between the sender and Hooklatch changes bodies. Make it pass them on unchanged.',
  body_rewritten:
    'The signature is valid for the same JSON without white space. Something between the sender and Hooklatch rewrites bodies. Make it pass them on unchanged.',
  url_other:
    'The signature is valid for another form of the URL: with http or https, or with or without a final slash, the query or the port. Enter the URL at the sender exactly as Hooklatch shows it.',
  older_scheme:
    'The signature is valid by an older scheme of this sender. Make the sender use the newer one, or name the older one in auth.scheme.',
  body_is_form:
    'The body is form-encoded and lacks a field that the scheme needs. Choose application/json as the content type at the sender.',
  body_is_no_form:
    'The body is not form-encoded, but the scheme signs form fields. Choose a form as the content type at the sender.',
  time_unit:
    'The signature is valid if its time is in the other unit, seconds or milliseconds. Change timestamp.unit in the custom scheme.',
  minutes_off:
    'The signature is valid, but its time is off by less than an hour. A clock is wrong, or the sender delivers late.',
  hours_off:
    'The signature is valid, but its time is off by less than a day. The time zone is wrong, or a retry keeps the time of the first attempt.',
  days_off: 'The signature is valid, but its time is off by a day or more. An old request was sent again.',
};
export type Hint = keyof typeof hints;

/** The largest body for which candidates are tried. */
const maxHintBodyBytes = 256 * 1024;
/**
 * The most signatures for which candidates are tried. With a public key, each signature costs a computation per
 * candidate.
 */
const maxHintSignatures = 8;

const secondsPerHour = 3600;

const encodings = ['hex', 'base64', 'base64url'] as const;

/** A change to try: of the scheme, the request, or the secrets. A scheme ignores fields that it does not have. */
type Candidate = [hint: Hint, scheme: object, request?: Partial<Signable>, secrets?: readonly string[]];

/**
 * The secret in other forms. A scheme removes a prefix only if the secret has it, so a form with a prefix also covers
 * secrets without the prefix.
 */
const otherSecrets = (secrets: readonly string[]): Candidate[] => [
  ['secret_spaces', {}, {}, secrets.map((secret) => secret.trim())],
  ...[' $', '$ ', '$\n', '$\r\n'].map(
    (around): Candidate => ['sender_spaces', {}, {}, secrets.map((secret) => around.replace('$', () => secret))],
  ),
  ['secret_form', {}, {}, secrets.map((secret) => `whsec_${secret}`)],
  ['secret_form', { key: { form: 'utf8' } }],
  ...['utf8', 'hex', 'base64'].map((form): Candidate => ['secret_form', { key: { form, prefix: 'whsec_' } }]),
];

/**
 * The headers without the = signs at the end of base64url values. Removes at most two = signs per value, so that the
 * search takes linear time.
 */
const unpadded = ({ headers }: Signable): Signable['headers'] =>
  JSON.parse(JSON.stringify(headers).replace(/==?(?=[ ,;"])/g, ''));

/**
 * The signature in each encoding, without its prefix or with the algorithm's name as prefix. Most of these candidates
 * are rejected as malformed before an HMAC is computed.
 */
const otherWritings = ({ algorithm, encoding, signatures }: TemplateScheme, request: Signable): Candidate[] =>
  encodings.flatMap((came) =>
    [{ bare: true }, { prefix: `${algorithm}=` }].map(
      (more, at): Candidate => [
        came === encoding ? (at ? 'prefix_other' : 'prefix_missing') : (`${came}_for_${encoding}` as Hint),
        { encoding: came, signatures: signatures.map((source) => ({ ...source, ...more })) },
        came === 'base64url' && came !== encoding ? { headers: unpadded(request) } : {},
      ],
    ),
  );

/** JSON without white space. Indented JSON is not tried: with deep nesting, a small body could fill the memory. */
function compactJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

/** Uses Latin-1, in which every byte is a character. */
function otherBodies(body: Buffer): Candidate[] {
  const text = body.toString('latin1');
  return [`${text}\n`, `${text}\r\n`, text.replace(/\r?\n$/, ''), compactJson(text)].map((other, at) => [
    at < 3 ? 'body_line_break' : 'body_rewritten',
    {},
    { body: Buffer.from(other, 'latin1') },
  ]);
}

const otherUrls = (url: string): Candidate[] =>
  [
    url.replace(/http(s?)/, (_, secure) => (secure ? 'http' : 'https')),
    url.replace(/(\/?)(\?|$)/, (_, slash, end) => (slash ? end : `/${end}`)),
    url.replace(/\?.*/s, ''),
    url.replace(/(https?:..[^/?:]+)(:\d+)?/, (_, host, port) => (port ? host : `${host}:443`)),
  ].map((other) => ['url_other', {}, { url: other }]);

function otherTimes(scheme: Scheme): Candidate[] {
  const changed = (more: object) => ({
    ...more,
    timestamp: { ...('timestamp' in scheme && scheme.timestamp), ...more },
  });
  return [
    ...['s', 'ms'].map((unit): Candidate => ['time_unit', changed({ unit })]),
    ['minutes_off', changed({ tolerance: secondsPerHour })],
    ['hours_off', changed({ tolerance: 24 * secondsPerHour })],
    ['days_off', changed({ tolerance: Infinity })],
  ];
}

/**
 * The hint for a wrong content type. Undefined if the rejection has another cause than a missing value.
 * @param schemeJson the scheme as JSON
 */
function contentTypeHint(schemeJson: string, request: Signable, reason: SignatureRejection): Hint | undefined {
  if (!/missing|incomplete/.test(reason)) return undefined;
  if (/sortedForm|twilio/.test(schemeJson)) return isFormRequest(request) ? undefined : 'body_is_no_form';
  return isFormRequest(request) && /"path"|adyen/.test(schemeJson) ? 'body_is_form' : undefined;
}

/**
 * The most likely mistake. Undefined if no candidate makes the signature valid.
 * @param reason why `verifyWithSecrets` rejected the request with this scheme and these secrets
 * @param older the sender's older schemes
 */
export function hintOf(
  scheme: Scheme,
  secrets: readonly string[],
  request: Signable,
  reason: SignatureRejection,
  older: readonly Scheme[],
): Hint | undefined {
  const { body, url } = request;
  const template = 'signatures' in scheme ? scheme : undefined;
  const signatures = template?.signatures.flatMap((source) => valuesAt({ ...source, bare: true }, request)).length ?? 0;
  if (body.length > maxHintBodyBytes || signatures > maxHintSignatures) return undefined;
  const schemeJson = JSON.stringify(scheme);
  const candidates = reason.startsWith('time')
    ? otherTimes(scheme)
    : [
        ...otherSecrets(secrets),
        ...(template ? otherWritings(template, request) : []),
        ...(/"body|contentful/.test(schemeJson) ? otherBodies(body) : []),
        ...(/"url|twilio/.test(schemeJson) ? otherUrls(url) : []),
        ...older.map((one): Candidate => ['older_scheme', { timestamp: undefined, requires: undefined, ...one }]),
      ];
  const holding = candidates.filter(
    ([, more, other, by = secrets]) =>
      verifyWithSecrets({ ...scheme, ...more } as Scheme, by, { ...request, ...other }).verified,
  );
  return holding[0]?.[0] ?? contentTypeHint(schemeJson, request, reason);
}
