/** Whether a scheme that an operator wrote can work, in words that say what to change. */

import { coversBody } from './body-cover.ts';
import { boundariesOf } from './boundary.ts';
import { needsSecret } from './certificate-scheme.ts';
import type { Signable } from './message.ts';
import type { Scheme, SecretForm, TemplateScheme } from './scheme.ts';
import { verifyWithSecrets } from './signature.ts';
import { sign } from './signing.ts';

/** An `error` means that the scheme can't work or guards nothing; a `warning`, that it guards less than others. */
export interface SchemeFinding {
  severity: 'error' | 'warning';
  message: string;
}

const schemeError = (message: string): SchemeFinding => ({ severity: 'error', message });
const schemeWarning = (message: string): SchemeFinding => ({ severity: 'warning', message });

type SchemeRule = [isBroken: (scheme: TemplateScheme) => boolean, finding: SchemeFinding];

const hasPart = (scheme: TemplateScheme, ...parts: TemplateScheme['message'][number]['part'][]): boolean =>
  scheme.message.some(({ part }) => parts.includes(part));

/** Whether the time stands in what is signed; an unsigned one can be renewed by anybody. */
const signsTime = (scheme: TemplateScheme): boolean =>
  hasPart(scheme, 'timestamp') || (scheme.timestamp?.source.in === 'body' && coversBody(scheme));

const schemeRules: readonly SchemeRule[] = [
  [
    (scheme) => scheme.message.every(({ part }) => part === 'literal' || part === 'secret' || part === 'method'),
    schemeError(
      'The message has nothing of the request in it, so that one signature is good for every request: add body.',
    ),
  ],
  [
    (scheme) => hasPart(scheme, 'timestamp') && scheme.timestamp === undefined,
    schemeError('The message has a timestamp in it, but the scheme does not say where it stands: add timestamp.'),
  ],
  [
    (scheme) => scheme.timestamp?.tolerance !== undefined && !signsTime(scheme),
    schemeError('The time is judged but not signed, so that anybody can renew it: add timestamp to the message.'),
  ],
  [
    (scheme) => scheme.signatures.some((source) => source.in === 'body') && hasPart(scheme, 'body', 'bodyCrc32'),
    schemeError('A signature that stands in the body can not cover the whole body: sign fields of it instead.'),
  ],
  [
    (scheme) => scheme.kind === 'publicKey' && hasPart(scheme, 'secret'),
    schemeError('A public key is no secret: take it out of the message.'),
  ],
  [
    (scheme) => scheme.kind === 'digest' && !hasPart(scheme, 'secret'),
    schemeError('A digest without the secret can be made by anybody: add secret to the message, or use an HMAC.'),
  ],
  [
    (scheme) => scheme.kind === 'publicKey' && scheme.key.form.startsWith('raw') && scheme.algorithm !== 'ed25519',
    schemeError('Only Ed25519 keys are written as raw bytes: use pem or spki.'),
  ],
  [
    (scheme) => scheme.kind === 'digest' && scheme.message.at(-1)?.part !== 'secret',
    schemeWarning('A digest in which the secret does not come last can be extended by whoever saw one: use an HMAC.'),
  ],
];

const sampleSecret = { utf8: 'sample-secret', hex: '73616d706c652d736563726574', base64: 'c2FtcGxlLXNlY3JldA==' };

function sampleRequest(scheme: Scheme): Signable {
  const form = 'message' in scheme ? scheme.message.find((part) => part.part === 'sortedForm') : undefined;
  const isForm = scheme.kind === 'twilio' || form !== undefined;
  const items = { notificationItems: [{ NotificationRequestItem: { pspReference: 'sample' } }] };
  return {
    method: 'POST',
    url: 'https://example.com/hooks/sample?a=1',
    headers: { 'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json' },
    body: Buffer.from(
      isForm ? new URLSearchParams({ [form?.only ?? 'sample']: '1' }).toString() : JSON.stringify(items),
    ),
    now: new Date(1_700_000_000_000),
  };
}

/** How a scheme's shared secret is written; undefined where the sender signs with a key of its own. */
export function keyFormOf(scheme: Scheme): SecretForm | undefined {
  if (scheme.kind === 'hmac' || scheme.kind === 'digest') return scheme.key;
  if (scheme.kind === 'jwt') return scheme.algorithm === 'HS256' ? scheme.key : undefined;
  if (scheme.kind === 'publicKey' || !needsSecret(scheme)) return undefined;
  return { form: scheme.kind === 'adyen' ? 'hex' : 'utf8' };
}

/** Signs and verifies a sample; a public key's scheme has nothing to sign with. */
function findingsOfSample(scheme: Scheme): SchemeFinding[] {
  const key = keyFormOf(scheme);
  if (key === undefined) return [];
  const secret = `${key.prefix ?? ''}${sampleSecret[key.form]}`;
  const signed = sign(scheme, secret, sampleRequest(scheme));
  if (signed === undefined) return [schemeError('A sample could not be signed: a part of the message has no value.')];
  const verdict = verifyWithSecrets(scheme, [secret], signed);
  return verdict.verified
    ? []
    : [schemeError(`A sample that was signed by this scheme was refused: ${verdict.reason}.`)];
}

/** What is wrong with what a scheme signs. */
function findingsOfTemplate(scheme: TemplateScheme): SchemeFinding[] {
  const boundaries = boundariesOf(scheme);
  return [
    ...schemeRules.filter(([isBroken]) => isBroken(scheme)).map(([, finding]) => finding),
    ...(typeof boundaries === 'string' ? [schemeError(boundaries)] : []),
  ];
}

/** What is wrong with a scheme; nothing, or warnings alone, if it works. */
export function checkScheme(scheme: Scheme): SchemeFinding[] {
  const broken = 'message' in scheme ? findingsOfTemplate(scheme) : [];
  const found = coversBody(scheme)
    ? broken
    : [
        ...broken,
        schemeWarning('The signature does not cover the whole body: whoever saw a request can send another body.'),
      ];
  return found.some(({ severity }) => severity === 'error') ? found : [...found, ...findingsOfSample(scheme)];
}
