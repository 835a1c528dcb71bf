import { expect, test } from '@jest/globals';
import { readDeploymentSettings } from '../../../infra/deploy-settings/settings.ts';

const senderThrottleOf = (senderRate: unknown, senderBurst: unknown) =>
  readDeploymentSettings({ senderRate, senderBurst }).senders;
const reservedConcurrencyOf = (reservedConcurrency: unknown) =>
  readDeploymentSettings({ reservedConcurrency }).reservedConcurrency;

const unusable = ['0', '100001', '-1', '1.5', '1e3', ' 1', '', 'many', true, null, {}];

test('senders may send 2,000 requests a second and a burst of 4,000, unless the settings say otherwise', () => {
  expect(senderThrottleOf(undefined, undefined)).toEqual({ rate: 2000, burst: 4000 });
  expect(senderThrottleOf('20', undefined)).toEqual({ rate: 20, burst: 4000 });
  expect(senderThrottleOf(undefined, '30')).toEqual({ rate: 2000, burst: 30 });
  // cdk.json may have the setting as a number.
  expect(senderThrottleOf(1, 100_000)).toEqual({ rate: 1, burst: 100_000 });
});

test.each(unusable)("senderRate and senderBurst can't be %p", (value) => {
  const ending = `=${String(value)} can't be used; use a whole number from 1 to 100000`;
  expect(() => senderThrottleOf(value, undefined)).toThrow(`-c senderRate${ending}`);
  expect(() => senderThrottleOf(undefined, value)).toThrow(`-c senderBurst${ending}`);
});

test('concurrency is reserved only if the setting asks for it', () => {
  expect(reservedConcurrencyOf(undefined)).toBeUndefined();
  expect(reservedConcurrencyOf('50')).toBe(50);
});

test.each(unusable)("reservedConcurrency can't be %p", (value) => {
  expect(() => reservedConcurrencyOf(value)).toThrow(
    `-c reservedConcurrency=${String(value)} can't be used; use a whole number from 1 to 100000, or leave it out to reserve nothing`,
  );
});
