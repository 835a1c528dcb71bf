/** The order of the test files. Jest's own order knows the slow files only after a first run. */
import Sequencer from '@jest/test-sequencer';

/**
 * The files that take longest in `npm test` or in `npm run test:full`. `infra/template` makes the templates that other files read, see
 * `infra/given-template.ts`.
 */
const slowest = [
  'browser/pages',
  'shared/endpoints/provider/adding-a-preset',
  'infra/cdk-rules',
  'infra/template',
  'chaos/chaos',
  'tools/demo/demo',
  'local/runtime',
  'clients/console/controls',
  'e2e/command-line',
  'e2e/revocation',
  'e2e/permissions',
  'e2e/races',
  'e2e/grid',
  'e2e/relay',
  'e2e/listing',
  'e2e/kill',
  'e2e/presets',
  'e2e/leak-hunt',
  'e2e/change-over-crash',
  'e2e/change-over',
  'e2e/operators',
  'e2e/handshakes',
  'e2e/bulk-replay',
  'e2e/model',
  'e2e/rejections',
  'e2e/dedupe',
  'e2e/self-test',
  'e2e/bodies',
  'e2e/certificate-change-over',
  'e2e/bytes',
  'e2e/hold',
  'e2e/secret-crash',
];

/** The position of a file: those in the list, then the others that share runtimes, see `environment.js`, then the rest. */
function rankOf({ path }) {
  const rank = slowest.findIndex((file) => path.endsWith(`/test/${file}.test.ts`));
  if (rank >= 0) return rank;
  return path.includes('/test/e2e/') ? slowest.length : slowest.length + 1;
}

export default class LongestFirst extends Sequencer {
  /** Puts the slow files first, so that none of them runs alone at the end while the other cores are idle. */
  sort(tests) {
    return super.sort(tests).toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}
