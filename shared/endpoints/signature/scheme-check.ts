/** Checks whether a custom scheme can work. The messages of the check say what to change. */

import { coversBody } from './body-cover.ts';
import { needsSecret } from './certificate-scheme.ts';
import { boundariesOf } from './message-boundary.ts';
import type { Scheme, SecretForm, TemplateScheme } from './scheme.ts';
import type { Signable } from './signed-message.ts';
import { sign } from './signing.ts';
import { verifyWithSecrets } from './verify-by-secret.ts';

/**
 * An `error` means that the scheme can't work or protects nothing. A `warning` means that it protects less than others.
 */
export interface SchemeFinding {
  severity: 'error' | 'warning';
  message: string;
}

const schemeError = (message: string): SchemeFinding => ({ severity: 'error', message });
const schemeWarning = (message: string): SchemeFinding => ({ severity: 'warning', message });

type SchemeRule = [isBroken: (scheme: TemplateScheme) => boolean, finding: SchemeFinding];

const hasPart = (scheme: TemplateScheme, ...parts: TemplateScheme['message'][number]['part'][]): boolean =>
  scheme.message.some(({ part }) => parts.includes(part));

/** Whether the scheme checks the age of a time that its signature does not cover. */
function checksUnsignedTime(scheme: TemplateScheme): boolean {
  const { timestamp } = scheme;
  if (timestamp?.tolerance === undefined || hasPart(scheme, 'timestamp')) return false;
  return timestamp.source.in !== 'body' || !coversBody(scheme);
}

const schemeRules: readonly SchemeRule[] = [
  [
    (scheme) => scheme.message.every(({ part }) => part === 'literal' || part === 'secret' || part === 'method'),
    schemeError('The message contains nothing of the request, so one signature is valid for every request. Add body.'),
  ],
  [
    (scheme) => hasPart(scheme, 'timestamp') && scheme.timestamp === undefined,
    schemeError('The message contains a timestamp, but the scheme does not say where it is. Add timestamp.'),
  ],
  [
    checksUnsignedTime,
    schemeError('The time is checked but not signed, so anybody can change it. Add timestamp to the message.'),
  ],
  [
    (scheme) => scheme.signatures.some((source) => source.in === 'body') && hasPart(scheme, 'body', 'bodyCrc32'),
    schemeError('A signature in the body cannot cover the whole body. Sign some of its fields instead.'),
  ],
  [
    (scheme) => scheme.kind === 'publicKey' && hasPart(scheme, 'secret'),
    schemeError('A public key is not secret. Remove secret from the message.'),
  ],
  [
    (scheme) => scheme.kind === 'digest' && !hasPart(scheme, 'secret'),
    schemeError(
      'Anybody can make a digest that does not contain the secret. Add secret to the message, or use an HMAC.',
    ),
  ],
  [
    (scheme) => scheme.key.form.startsWith('raw') && scheme.algorithm !== 'ed25519',
    schemeError('Only Ed25519 keys are written as raw bytes. Use pem or spki.'),
  ],
  [
    (scheme) => scheme.kind === 'digest' && scheme.message.at(-1)?.part !== 'secret',
    schemeWarning('If the secret is not last, anybody who saw a digest can extend it. Use an HMAC.'),
  ],
];

const sampleSecret = { utf8: 'sample-secret', hex: '73616d706c652d736563726574', base64: 'c2FtcGxlLXNlY3JldA==' };

function sampleRequest(scheme: Scheme): Signable {
  const form = 'message' in scheme ? scheme.message.find((part) => part.part === 'sortedForm') : undefined;
  const isForm = scheme.kind === 'twilio' || form !== undefined;
  const items = { notificationItems: [{}] };
  return {
    method: 'POST',
    url: 'https://example.com/hooks/sample?a=1',
    headers: isForm ? { 'content-type': 'application/x-www-form-urlencoded' } : {},
    body: Buffer.from(
      isForm ? new URLSearchParams({ [form?.only ?? 'sample']: '1' }).toString() : JSON.stringify(items),
    ),
    now: new Date(1_700_000_000_000),
  };
}

/** The form of a scheme's shared secret. Undefined if the sender signs with its own private key. */
export function keyFormOf(scheme: Scheme): SecretForm | undefined {
  if (scheme.kind === 'hmac' || scheme.kind === 'digest') return scheme.key;
  if (scheme.kind === 'jwt') return scheme.algorithm === 'HS256' ? scheme.key : undefined;
  if (scheme.kind === 'publicKey' || !needsSecret(scheme)) return undefined;
  return { form: scheme.kind === 'adyen' ? 'hex' : 'utf8' };
}

/** Signs and verifies a sample. Skips schemes with a public key, which can't sign here. */
function findingsOfSample(scheme: Scheme): SchemeFinding[] {
  const key = keyFormOf(scheme);
  if (key === undefined) return [];
  const secret = `${key.prefix ?? ''}${sampleSecret[key.form]}`;
  const signed = sign(scheme, secret, sampleRequest(scheme));
  if (signed === undefined)
    return [schemeError('A sample could not be signed: a part has no value, or contains the literal next to it.')];
  const verdict = verifyWithSecrets(scheme, [secret], signed);
  return verdict.verified ? [] : [schemeError(`A sample signed by this scheme was rejected: ${verdict.reason}.`)];
}

/** The faults in the message of a scheme. */
function findingsOfTemplate(scheme: TemplateScheme): SchemeFinding[] {
  const boundaries = boundariesOf(scheme);
  return [
    ...schemeRules.filter(([isBroken]) => isBroken(scheme)).map(([, finding]) => finding),
    ...(typeof boundaries === 'string' ? [schemeError(boundaries)] : []),
  ];
}

/** The faults in a scheme. A scheme works if there are no errors. */
export function checkScheme(scheme: Scheme): SchemeFinding[] {
  const broken = 'message' in scheme ? findingsOfTemplate(scheme) : [];
  const found = coversBody(scheme)
    ? broken
    : [
        ...broken,
        schemeWarning('The signature does not cover the whole body. Anybody who saw a request can send another body.'),
      ];
  return found.some(({ severity }) => severity === 'error') ? found : [...found, ...findingsOfSample(scheme)];
}
