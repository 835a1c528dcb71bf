import { expect, test } from '@jest/globals';
import { type Handover, handoverSchema } from '../../shared/admission.ts';

const handover: Handover = {
  connection: { id: 'c1', name: 'orders', provider: 'generic' },
  endpoint: { id: 'e1', settings: {}, hold: null, accept: [{ in: 'query', name: 'token' }] },
  tokenVerified: null,
  pending: ['signature'],
  signing: { secret: 'arn', versions: ['v1'] },
  earlier: { auth: { kind: 'token', accept: [] }, tokenVerified: null, pending: ['bodyToken'] },
};

/** As a gateway would hand it over that drops what is null. */
const withoutNulls = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, part) => (part === null ? undefined : part));

test('a handover says the same whether the gateway keeps null or drops it', () => {
  expect(JSON.stringify(withoutNulls(handover))).not.toContain('null');
  expect(handoverSchema.parse(handover)).toEqual(handover);
  expect(handoverSchema.parse(withoutNulls(handover))).toEqual(handover);
});
