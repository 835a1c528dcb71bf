import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as z from 'zod/mini';
import { placementSchema } from '../../../../shared/endpoints/credential/token-placement.ts';
import type { Preset } from '../../../../shared/endpoints/provider/preset.ts';
import { type ProviderId, presetOf, providerIds } from '../../../../shared/endpoints/provider/presets.ts';
import { guides } from '../../../../shared/endpoints/provider/secret-guide.ts';
import { answerSchema, dedupeSchema } from '../../../../shared/endpoints/settings/settings.ts';
import type { ValueLocation } from '../../../../shared/endpoints/settings/value-location.ts';
import { coversBody } from '../../../../shared/endpoints/signature/body-cover.ts';
import { type Scheme, schemeSchema } from '../../../../shared/endpoints/signature/scheme.ts';
import { checkScheme } from '../../../../shared/endpoints/signature/scheme-check.ts';
import type { Signable } from '../../../../shared/endpoints/signature/signed-message.ts';
import { sign } from '../../../../shared/endpoints/signature/signing.ts';
import { verifyWithSecrets } from '../../../../shared/endpoints/signature/verify-by-secret.ts';
import { atPointer, documentOf } from '../../../../shared/ground/base/json-pointer.ts';
import { senderListings } from '../../../../tools/scripts/sender-files.ts';
import { accepted, later, now, refused } from '../signature/given-signature.ts';
import {
  completedSchemes,
  fakeSecret,
  sampleOf,
  signedSample,
  toleranceOf,
  type Unsigned,
  withCutSignature,
  withOtherBody,
} from './provider-samples.ts';

const url = 'https://hooks.example.com/hooks/orders/ep_1?token=hle_sample';

const schemeOf = (id: ProviderId): Scheme | undefined => presetOf(id).scheme ?? completedSchemes[id];

const signing = providerIds.flatMap((id): [ProviderId, Scheme][] => {
  const scheme = schemeOf(id);
  return scheme ? [[id, scheme]] : [];
});
const olderSchemes = providerIds.flatMap((id) =>
  Object.entries(presetOf(id).older ?? {}).map(([name, scheme]) => [name, id, scheme] as const),
);

const textAt = (
  place: ValueLocation,
  { headers, body }: { headers: Signable['headers']; body: Buffer },
): string | undefined => {
  if (place.in === 'query') return undefined;
  const found =
    place.in === 'header'
      ? headers[place.name]
      : atPointer(documentOf(body, headers['content-type'] ?? ''), place.path);
  return found === undefined || found === null ? undefined : String(found);
};

const root = resolve(import.meta.dirname, '../../../..');

test('the presets are the files of shared/endpoints/provider/presets/, in alphabetical order', () => {
  const files = readdirSync(resolve(root, 'shared/endpoints/provider/presets'));
  expect(providerIds).toEqual(files.map((file) => file.replace(/\.ts$/, '')).sort());
  expect(presetOf('generic')).toEqual({ kind: 'token' });
});

test.each([...senderListings(root)])('%s is up to date (npm run providers writes it)', (path, text) => {
  expect(readFileSync(resolve(root, path), 'utf8')).toBe(text);
});

test.each(['unheard-of', '', 'constructor', '__proto__', 'GitHub'])(
  'the unknown provider %j gets the preset generic',
  (id) => {
    expect(presetOf(id)).toBe(presetOf('generic'));
  },
);

/** What the scheme of a sender may sign, by the kind of its auth. The sender's certificate may be its scheme. */
const mayBeSigned: Record<Preset['kind'], string[]> = {
  token: ['no scheme'],
  signature: ['no scheme', 'all of the body'],
  both: ['less than the body'],
};

const handshakes = providerIds.flatMap((id) =>
  (presetOf(id).handshakes ?? []).map((handshake) => [id, handshake] as const),
);

test.each(handshakes)('%s is answered with what it asked (%#)', (id, { challenge, answer, proof }) => {
  const needsChallenge = answer.with !== 'nothing' && answer.with !== 'constant';
  expect(challenge !== undefined).toBe(needsChallenge || proof === 'window');
  expect(proof === 'window' && presetOf(id).secretFrom !== 'handshake').toBe(false);
});

const batches = providerIds.flatMap((id) => {
  const { batch } = presetOf(id);
  return batch ? [[id, batch] as const] : [];
});

test('the answer to a HEAD request has no body', () => {
  const asked = providerIds.flatMap((id) => (presetOf(id).handshakes ?? []).filter(({ method }) => method === 'HEAD'));
  expect([...new Set(asked.map(({ answer }) => answer.with))]).toEqual(['nothing']);
});

test.each(batches)('finds the items of a batch of %s', (id, batch) => {
  const { headers, body } = sampleOf(id);
  const document = documentOf(body, headers['content-type'] ?? '');
  const found = batch.items === '' ? document : atPointer(document, batch.items);
  const items: unknown[] = typeof found === 'string' ? JSON.parse(found) : found;
  expect(items).toHaveLength(1);
  expect(batch.type === undefined ? 'string' : typeof atPointer(items[0], batch.type)).toBe('string');
});

describe.each(providerIds)('%s', (id) => {
  const preset = presetOf(id);

  test('has settings that an endpoint can have', () => {
    expect(id).toMatch(/^[a-z][a-z0-9-]*$/);
    const { scheme, older = {}, accept, answer, dedupe } = preset;
    const schemes = scheme ? [scheme, ...Object.values(older)] : [];
    expect(schemes.map((one) => schemeSchema.parse(one))).toEqual(schemes);
    expect(z.optional(z.array(placementSchema)).parse(accept)).toEqual(accept);
    expect(z.optional(answerSchema).parse(answer)).toEqual(answer);
    expect(z.optional(dedupeSchema).parse(dedupe)).toEqual(dedupe);
  });

  test('demands a token too if its signature does not cover the body', () => {
    const { kind, scheme, accept = [] } = preset;
    const signed = scheme === undefined ? 'no scheme' : coversBody(scheme) ? 'all of the body' : 'less than the body';
    expect(mayBeSigned[kind]).toContain(signed);
    expect(kind === 'both' && accept.length === 0).toBe(false);
  });

  test('finds the type and the id of its sample', () => {
    const sample = sampleOf(id);
    const { type = [], dedupe } = preset;
    const [found] = type.flatMap((place) => textAt(place, sample) ?? []);
    expect(found).toBe(sample.type);
    const at: ValueLocation | undefined =
      dedupe?.by === 'header'
        ? { in: 'header', name: dedupe.name }
        : dedupe?.by === 'body'
          ? { in: 'body', path: dedupe.path }
          : undefined;
    expect(at && textAt(at, sample)).toBe(sample.deliveryId);
  });

  test('has a guide with complete sentences', () => {
    const { name, docs, url: where, secret } = guides[id];
    expect([name, where, secret].map((text) => text !== '' && text.trim() === text)).toEqual([true, true, true]);
    expect(docs).toMatch(/^https:\/\//);
    for (const text of [where, secret]) expect(text).toMatch(/\.$/);
  });
});

describe.each(signing)('a signature of %s', (id, scheme) => {
  const secret = fakeSecret(id);
  const sent = signedSample(id, secret, url, now);

  test('has a valid scheme', () => {
    const errors = checkScheme(scheme).filter(({ severity }) => severity === 'error');
    expect(errors).toEqual([]);
  });

  test('is accepted', () => {
    expect(verifyWithSecrets(scheme, [secret], sent)).toEqual(accepted());
    expect(verifyWithSecrets(scheme, [fakeSecret(id), secret], sent)).toEqual(accepted(1));
  });

  test('is rejected with another secret', () => {
    expect(verifyWithSecrets(scheme, [fakeSecret(id)], sent)).toEqual(refused('signature_mismatch'));
  });

  test('is rejected if it is missing', () => {
    const { method, headers, body } = sampleOf(id);
    expect(verifyWithSecrets(scheme, [secret], { method, headers, body, url, now })).toEqual(
      refused('signature_missing'),
    );
  });

  test('is rejected if it is truncated', () => {
    const verdict = verifyWithSecrets(scheme, [secret], withCutSignature(scheme, sent));
    expect(verdict).toEqual({ verified: false, reason: expect.stringMatching(/^signature_(malformed|mismatch)$/) });
  });

  test('is rejected for another body if it covers the body', () => {
    const verdict = verifyWithSecrets(scheme, [secret], withOtherBody(sent));
    // The body of Wix is a JWT. The form of Mandrill has only one field.
    const reasons: Partial<Record<ProviderId, string>> = { wix: 'signature_malformed', mandrill: 'message_incomplete' };
    if (coversBody(scheme) || scheme.kind === 'sns')
      expect(verdict).toEqual(refused(reasons[id] ?? 'signature_mismatch'));
    else expect(verdict).toEqual(accepted());
  });

  test('is accepted only within the tolerance, if there is one', () => {
    const tolerance = toleranceOf(scheme);
    const at = (seconds: number) => verifyWithSecrets(scheme, [secret], { ...sent, now: later(seconds) });
    if (tolerance === undefined) {
      expect(at(10 * 365 * 86_400)).toEqual(accepted());
      return;
    }
    expect(at(tolerance - 1)).toEqual(accepted());
    expect(at(tolerance + 1)).toEqual(refused('timestamp_too_old'));
    expect(at(-tolerance - 1)).toEqual(refused('timestamp_in_future'));
  });
});

/** Samples for older schemes that sign other requests than the strongest scheme. */
const otherSamples: Record<string, Pick<Unsigned, 'method' | 'headers' | 'body'>> = {
  'dropbox-sign-json': {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from('{"event":{"event_time":"1772366400","event_type":"signature_request_sent"}}'),
  },
};

describe.each(olderSchemes)('the older scheme %s of %s', (name, id, scheme) => {
  const secret = fakeSecret(id);
  const { method, headers, body } = otherSamples[name] ?? sampleOf(id);
  const sent = sign(scheme, secret, { method, headers, body, url, now });

  test('is accepted if the operator names it, and is rejected by the strongest scheme', () => {
    if (sent === undefined) throw new Error('can not sign');
    expect(verifyWithSecrets(scheme, [secret], sent)).toEqual(accepted());
    const strongest = presetOf(id).scheme;
    expect(strongest && verifyWithSecrets(strongest, [secret], sent)).toMatchObject({ verified: false });
  });
});
