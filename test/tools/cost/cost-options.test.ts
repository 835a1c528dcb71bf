import { expect, test } from '@jest/globals';
import { readCostOptions } from '../../../tools/cost/cost-options.ts';

test.each([
  [
    ['--events', '1M'],
    { events: 1_000_000, body: 1024, isText: true, deliveries: 0, stage: 'dev', region: 'us-east-1' },
  ],
  [['--events', '2.5K', '--body', '2MB', '--binary'], { events: 2_500, body: 2 * 1024 * 1024, isText: false }],
  [['--events', '1,000,000', '--body', '900b'], { events: 1_000_000, body: 900 }],
  // With a destination, each webhook is delivered once unless the options say otherwise.
  [['--events', '10k', '--destinations', '3'], { deliveries: 10_000, destinations: 3 }],
  [['--events', '10k', '--destinations', '3', '--deliveries', '7'], { deliveries: 7 }],
  [['--connections', '4'], { endpoints: 4 }],
  [['--connections', '4', '--endpoints', '2'], { endpoints: 2 }],
])('%j', (args, expected) => {
  expect(readCostOptions(args)).toMatchObject(expected);
});

test.each([
  [['--events', '1X'], '--events can’t be 1X: write 250000, 250K or 1M.'],
  [['--events', '-1'], "'--events' argument is ambiguous"],
  [['--events', '1.5'], '--events can’t be 1.5'],
  [['--events', ''], '--events can’t be'],
  [['--events', '9999999M'], '--events can’t be 9999999M'],
  [['--body', '1GB'], '--body can’t be 1GB: write 900B, 1KB or 2MB, and at most 4MB.'],
  [['--body', '5MB'], 'at most 4MB'],
  [['--stage', 'test'], '--stage can’t be test: write dev or prod.'],
  [['--region', 'eu-central-1'], 'Nobody has read the prices of eu-central-1. Known: us-east-1.'],
  [['--region', 'constructor'], 'Nobody has read the prices of constructor'],
  [['--connections', '1', '--endpoints', '2'], '--connections must be at least 2'],
  [['--evnts', '1'], "Unknown option '--evnts'"],
  [['1M'], 'npm run cost -- [options]'],
])('%j is refused, with what to write instead', (args, message) => {
  expect(() => readCostOptions(args)).toThrow(message.replaceAll('’', "'"));
});
