/** The example of CONTRIBUTING.md is taken as it stands there, and works. */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Guide, Preset } from '../../../shared/provider/preset.ts';
import { handshake, signed } from '../../../shared/provider/preset-of.ts';
import { stripeLike } from '../../../shared/provider/scheme-of.ts';
import { checkScheme } from '../../../shared/signature/scheme-check.ts';
import { verifyWithSecrets } from '../../../shared/signature/signature.ts';
import { sign } from '../../../shared/signature/signing.ts';
import { accepted, aRequest, later, now, refused } from '../signature/given-signature.ts';

const text = readFileSync(resolve(import.meta.dirname, '../../../CONTRIBUTING.md'), 'utf8');

/** The entries of an example, with nothing in scope but what a file of shared/provider imports. */
function example<T>(name: string): Record<string, T> {
  const code = new RegExp(`<!-- example: ${name} -->\\n\\n\`\`\`ts\\n(.*?)\`\`\``, 's').exec(text)?.[1];
  if (code === undefined) throw new Error(`CONTRIBUTING.md has no example ${name}`);
  return new Function('signed', 'stripeLike', 'handshake', `return {${code}};`)(signed, stripeLike, handshake);
}

describe('the preset that CONTRIBUTING.md adds', () => {
  const preset = example<Preset>('preset')['acme'];
  const scheme = preset?.scheme;
  if (preset === undefined || scheme === undefined) throw new Error('CONTRIBUTING.md adds no preset with a scheme');
  const secret = 'a secret of Acme';
  const request = aRequest({ body: Buffer.from('{"type":"parcel.sent","delivery":{"id":"d1"}}') });

  test('says what its sender does', () => {
    expect(preset).toEqual({
      kind: 'signature',
      scheme,
      dedupe: { by: 'body', path: '/delivery/id' },
      type: [
        { in: 'header', name: 'acme-event' },
        { in: 'body', path: '/type' },
      ],
      handshakes: [
        {
          method: 'GET',
          when: [{ in: 'query', name: 'acme.check' }],
          proof: 'none',
          challenge: { in: 'query', name: 'acme.check' },
          answer: { with: 'text' },
        },
      ],
      answer: { status: 204 },
    });
    expect(checkScheme(scheme)).toEqual([]);
  });

  test('accepts what its sender signs, and nothing else', () => {
    const time = String(now.getTime() / 1000);
    const signature = createHmac('sha256', secret).update(`${time}.${request.body}`).digest('hex');
    const sent = { ...request, headers: { ...request.headers, 'acme-signature': `t=${time},v1=${signature}` } };
    expect(sign(scheme, secret, request)).toEqual(sent);
    expect(verifyWithSecrets(scheme, [secret], sent)).toEqual(accepted());
    expect(verifyWithSecrets(scheme, ['another'], sent)).toEqual(refused('signature_mismatch'));
    expect(verifyWithSecrets(scheme, [secret], { ...sent, body: Buffer.from('{}') })).toEqual(
      refused('signature_mismatch'),
    );
    expect(verifyWithSecrets(scheme, [secret], { ...sent, now: later(301) })).toEqual(refused('timestamp_too_old'));
    expect(verifyWithSecrets(scheme, [secret], request)).toEqual(refused('signature_missing'));
  });

  test('has a guide', () => {
    expect(example<Guide>('guide')['acme']).toEqual({
      name: 'Acme Parcels',
      docs: expect.stringMatching(/^https:/),
      url: expect.any(String),
      secret: expect.any(String),
      deadlineSeconds: 10,
      confidence: 'stated',
    });
  });
});
