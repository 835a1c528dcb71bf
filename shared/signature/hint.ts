/**
 * What an operator should look at after a signature was refused: the request is judged again as if one thing were
 * otherwise, such as the form of the secret, and what then holds is the hint.
 *
 * A hint is for operators alone. It goes into the sample of a rejection and never into an answer, whose status and bytes
 * are the same with and without one; nor does the time of the answer say how near a guess was, because every candidate
 * is always tried. That is about twenty HMACs for each live secret at most, and none for a body or a list of signatures
 * that is longer than any that matters here. No part of a secret, of a signature or of a body is in a hint.
 */

import { isFormRequest, type Signable, type SignatureRejection, valuesAt } from './message.ts';
import type { Scheme, TemplateScheme } from './scheme.ts';
import { verifyWithSecrets } from './signature.ts';

/** For an operator: what each hint means, and what to do. */
export const hints = {
  secret_spaces: 'The signature holds once the white space around the secret is gone. Enter the secret without it.',
  sender_spaces:
    'The signature holds if the sender has a line break or a space before or after the secret. Enter the secret again at the sender, without it.',
  secret_form:
    'The signature holds if the secret is read in another form: as text, hex or base64, or with or without whsec_. Copy the secret whole, or correct key in a scheme of your own.',
  hex_for_base64:
    'The signature holds, but came in hex, and the scheme expects base64. Make the sender write it in base64, or correct encoding in a scheme of your own.',
  hex_for_base64url:
    'The signature holds, but came in hex, and the scheme expects base64url. Make the sender write it in base64url, or correct encoding in a scheme of your own.',
  base64_for_hex:
    'The signature holds, but came in base64, and the scheme expects hex. Make the sender write it in hex, or correct encoding in a scheme of your own.',
  base64_for_base64url:
    'The signature holds, but came in base64, and the scheme expects base64url: - and _ in place of + and /, and no = at the end. Make the sender write it so, or correct encoding in a scheme of your own.',
  base64url_for_hex:
    'The signature holds, but came in base64url, and the scheme expects hex. Make the sender write it in hex, or correct encoding in a scheme of your own.',
  base64url_for_base64:
    'The signature holds, but came in base64url, and the scheme expects base64: + and / in place of - and _, and = at the end. Make the sender write it so, or correct encoding in a scheme of your own.',
  prefix_missing:
    'The signature holds, but came without the prefix that the scheme expects before it, such as sha256=. Make the sender write the prefix, or correct prefix in a scheme of your own.',
  prefix_other:
    'The signature holds, but came with the name of its algorithm before it, such as sha256=, and the scheme expects another prefix or none. Make the sender change that, or correct prefix in a scheme of your own.',
  body_line_break:
    'The signature holds for the body with a line break more or less at its end. Something between the sender and here changes bodies: make it pass them as they are.',
  body_rewritten:
    'The signature holds for the same JSON without white space. Something between the sender and here writes bodies anew: make it pass them as they are.',
  url_other:
    'The signature holds for another form of the URL: with http or https, or with or without a last slash, the query or the port. Enter the URL at the sender exactly as it is shown here.',
  older_scheme:
    'The signature holds by an older scheme of this sender. Make the sender use the newer one, or name the older in auth.scheme.',
  body_is_form:
    'The body is form-encoded, and what the scheme reads in it is not there. Choose application/json as the content type at the sender.',
  body_is_no_form:
    'The body is not form-encoded, and the scheme signs the fields of a form. Choose that as the content type at the sender.',
  time_unit:
    'The signature holds if its time is read in seconds, or in milliseconds. Correct timestamp.unit in a scheme of your own.',
  minutes_off:
    'The signature holds, and its time is off by less than an hour: a clock is wrong, or the sender delivers late.',
  hours_off:
    'The signature holds, and its time is off by less than a day: a time zone, or a retry that keeps the time of the first attempt.',
  days_off: 'The signature holds, and its time is off by a day or more: an old request that was sent again.',
};
export type Hint = keyof typeof hints;

const maxHintBodyBytes = 256 * 1024;
/** Each costs a computation for each candidate where the key is public. */
const maxHintSignatures = 8;

const encodings = ['hex', 'base64', 'base64url'] as const;

/** What may be otherwise: in the scheme, in the request, or in the secrets. A scheme without such a field ignores it. */
type Candidate = [hint: Hint, scheme: object, request?: Partial<Signable>, secrets?: readonly string[]];

/** A prefix is taken off only where it is there, so that most forms need no second candidate without it. */
const otherSecrets = (secrets: readonly string[]): Candidate[] => [
  ['secret_spaces', {}, {}, secrets.map((secret) => secret.trim())],
  ...[' $', '$ ', '$\n', '$\r\n'].map(
    (around): Candidate => ['sender_spaces', {}, {}, secrets.map((secret) => around.replace('$', () => secret))],
  ),
  ['secret_form', {}, {}, secrets.map((secret) => `whsec_${secret}`)],
  ['secret_form', { key: { form: 'utf8' } }],
  ...['utf8', 'hex', 'base64'].map((form): Candidate => ['secret_form', { key: { form, prefix: 'whsec_' } }]),
];

/** Without the = that some write at the end of base64url. At most two, so that a header of many is searched once. */
const unpadded = ({ headers }: Signable): Signable['headers'] =>
  JSON.parse(JSON.stringify(headers).replace(/==?(?=[ ,;"])/g, ''));

/**
 * The signature in each encoding, without its prefix or with the name of the algorithm as one. What can't be read so is
 * refused before an HMAC is made, so that few of these cost one.
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

/** JSON without white space. Indented, deep nesting would make a small body fill the memory. */
function compactJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

/** In Latin-1, of which every byte is a character. */
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
    url.replace(/^http(s?)/, (_, secure) => (secure ? 'http' : 'https')),
    url.replace(/(\/?)(\?|$)/, (_, slash, end) => (slash ? end : `/${end}`)),
    url.replace(/\?.*/s, ''),
    url.replace(/^(https?:..[^/?:]+)(:\d+)?/, (_, host, port) => (port ? host : `${host}:443`)),
  ].map((other) => ['url_other', {}, { url: other }]);

function otherTimes(scheme: Scheme): Candidate[] {
  const changed = (more: object) => ({
    ...more,
    timestamp: { ...('timestamp' in scheme && scheme.timestamp), ...more },
  });
  return [
    ...['s', 'ms'].map((unit): Candidate => ['time_unit', changed({ unit })]),
    ['minutes_off', changed({ tolerance: 3600 })],
    ['hours_off', changed({ tolerance: 86_400 })],
    ['days_off', changed({ tolerance: Infinity })],
  ];
}

/** What may be wrong about the content type, where something was not found. @param said the scheme as JSON */
function contentTypeHint(said: string, request: Signable, reason: SignatureRejection): Hint | undefined {
  if (!/missing|incomplete/.test(reason)) return undefined;
  if (/sortedForm|twilio/.test(said)) return isFormRequest(request) ? undefined : 'body_is_no_form';
  return isFormRequest(request) && /"path"|adyen/.test(said) ? 'body_is_form' : undefined;
}

/**
 * What most likely is wrong, or undefined where nothing of this would have made the request right.
 * @param reason why `verify` refused the request by this scheme and these secrets
 * @param older further schemes of the sender
 */
export function hintOf(
  scheme: Scheme,
  secrets: readonly string[],
  request: Signable,
  reason: SignatureRejection,
  older: readonly Scheme[] = [],
): Hint | undefined {
  const { body, url } = request;
  const template = 'signatures' in scheme ? scheme : undefined;
  const signatures = template?.signatures.flatMap((source) => valuesAt({ ...source, bare: true }, request)) ?? [];
  if (body.length > maxHintBodyBytes || signatures.length > maxHintSignatures) return undefined;
  const said = JSON.stringify(scheme);
  const candidates = reason.startsWith('time')
    ? otherTimes(scheme)
    : [
        ...otherSecrets(secrets),
        ...(template ? otherWritings(template, request) : []),
        ...(/"body|contentful/.test(said) ? otherBodies(body) : []),
        ...(/"url|twilio/.test(said) ? otherUrls(url) : []),
        ...older.map((one): Candidate => ['older_scheme', { timestamp: undefined, requires: undefined, ...one }]),
      ];
  const holding = candidates.filter(
    ([, more, other, by = secrets]) =>
      verifyWithSecrets({ ...scheme, ...more } as Scheme, by, { ...request, ...other }).verified,
  );
  return holding[0]?.[0] ?? contentTypeHint(said, request, reason);
}
