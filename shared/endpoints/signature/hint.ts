/**
 * Hints for operators after a rejected signature. The request is verified again with one thing changed, such as the
 * form of the secret. If the signature is then valid, that change is the hint.
 *
 * Hints are only for operators. Hints are stored in the sample of a rejection. The answer to the sender does not depend
 * on the hints. The timing of the answer does not depend on the hints either, because every candidate is always tried.
 * The candidates cost at most about twenty HMACs per live secret. For very large bodies or very many signatures, no
 * candidates are tried. A hint contains no part of a secret, signature or body.
 */

import type { Hint } from '../../ground/base/advice-text.ts';
import type { Scheme, TemplateScheme } from './scheme.ts';
import { isFormRequest, type Signable, type SignatureRejection, valuesAt } from './signed-message.ts';
import { verifyWithSecrets } from './verify-by-secret.ts';

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
