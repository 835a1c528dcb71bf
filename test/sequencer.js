/** The order of the test files. Jest's own order knows the slow files only after a first run. */
import Sequencer from '@jest/test-sequencer';

/**
 * The files that take ten seconds or more. One of them makes the templates that other files read, see
 * `infra/given-template.ts`.
 */
const long =
  /\/(infra\/template|chaos|mutants|kill|permissions|races|revocation|model|leak-hunt|change-over|hold|bulk-replay|relay|self-test|bodies)\.test\.ts$/;

export default class LongestFirst extends Sequencer {
  /** Puts the slow files first, so that none of them runs alone at the end while the other cores are idle. */
  sort(tests) {
    const sorted = super.sort(tests);
    return [...sorted.filter(({ path }) => long.test(path)), ...sorted.filter(({ path }) => !long.test(path))];
  }
}
