/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const adyen = { file: 'shared/signature/adyen.ts' };
const certificate = { file: 'shared/signature/certificate.ts' };
const contentful = { file: 'shared/signature/contentful.ts' };
const jwt = { file: 'shared/signature/jwt.ts' };
const key = { file: 'shared/signature/key.ts' };
const paypal = { file: 'shared/signature/paypal.ts' };
const reader = { file: 'shared/signature/certificate-reader.ts' };
const sns = { file: 'shared/signature/sns.ts' };
const twilio = { file: 'shared/signature/twilio.ts' };

const aText = { original: "''", replacement: '"Stryker was here!"' };
const aList = { original: '[]', replacement: '["Stryker was here"]' };
const noForm = 'neither text is the content type of a form, so the text is read as JSON';
const utf8 = 'without a form, a secret is decoded as UTF-8 too';
const sha256 = 'an RSA signature is verified with SHA-256 unless the algorithm is rsa-sha1';

export const equivalentMutants: EquivalentMutant[] = [
  { ...adyen, original: "'null'", replacement: '""', reason: 'neither text has a field' },
  { ...certificate, ...aText, line: 'const snsField', reason: 'neither text is a URL, a topic, a token or a type' },
  { ...reader, ...aList, line: 'return []', reason: 'a text has no dates, so it is no valid certificate' },
  { ...reader, ...aList, line: 'spent.get(host)', reason: 'a text is no time, so it is left out at the next URL' },
  {
    ...contentful,
    ...aText,
    line: "const [path = ''",
    reason: 'a split has a first part; only the type needs a default',
  },
  { ...contentful, ...aList, line: 'const names =', reason: 'neither list names the headers that must be signed' },
  { ...contentful, original: "{ form: 'utf8' }", replacement: '{}', reason: utf8 },
  { ...twilio, original: "{ form: 'utf8' }", replacement: '{}', reason: utf8 },
  { ...jwt, original: "'application/json'", replacement: '""', reason: noForm },
  { ...jwt, original: "'rsa-sha256'", replacement: '""', reason: sha256 },
  { ...paypal, original: "'rsa-sha256'", replacement: '""', reason: sha256 },
  { ...sns, original: "'rsa-sha256'", replacement: '""', reason: sha256 },
  { ...sns, original: "'application/json'", replacement: '""', reason: noForm },
  {
    ...key,
    original: 'bytes === undefined',
    line: 'if (bytes',
    replacement: 'false',
    reason: 'without bytes, Node throws, and the error means that the secret is no key',
  },
  {
    ...key,
    original: '{ // OpenSSL gives no further details. return undefined; }',
    replacement: '{}',
    reason: 'a function without a return gives undefined',
  },
];
