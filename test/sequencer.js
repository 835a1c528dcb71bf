/** The order of the test files; Jest's own knows which take long from the second run on only. */
import Sequencer from '@jest/test-sequencer';

/** Those that start processes, syntheses or hundreds of rounds: half a minute and more, whatever their size. */
const long = /\/(chaos|demo|kill|permissions|races|revocation|infra\/template|listing)\.test\.ts$/;

export default class LongestFirst extends Sequencer {
  /** Begins with the long ones, so that none of them runs alone at the end while the other cores are idle. */
  sort(tests) {
    const sorted = super.sort(tests);
    return [...sorted.filter(({ path }) => long.test(path)), ...sorted.filter(({ path }) => !long.test(path))];
  }
}
