/** The order of the test files. Jest's own order knows the slow files only after a first run. */
import Sequencer from '@jest/test-sequencer';

/** The files that take half a minute or more. They start processes, synthesize, or repeat hundreds of rounds. */
const long = /\/(chaos|demo|kill|permissions|races|revocation|infra\/template|listing)\.test\.ts$/;

export default class LongestFirst extends Sequencer {
  /** Puts the slow files first, so that none of them runs alone at the end while the other cores are idle. */
  sort(tests) {
    const sorted = super.sort(tests);
    return [...sorted.filter(({ path }) => long.test(path)), ...sorted.filter(({ path }) => !long.test(path))];
  }
}
