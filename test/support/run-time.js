/** Prints how long a run took: seconds, and seconds of CPU of Jest with all processes that it started. */
import { readFileSync } from 'node:fs';

/** What the tests of `npm test` may take on an idle machine with two cores, in seconds of CPU. The check may take 30 more. */
const limit = 370;

/** Linux counts CPU time in hundredths of a second. */
const ticksPerSecond = 100;

/** The seconds of CPU of this process and of its ended children. Undefined on systems that do not say. */
function cpuSeconds() {
  try {
    // After the name in parentheses, the fields 12 to 15 are the times of this process and of its children: proc(5).
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1).split(' ');
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / ticksPerSecond;
  } catch {
    return undefined;
  }
}

/** What a run took, and whether that is too much. A run of `npm run test:full` has no limit. */
function inWords(seconds, cpu) {
  const took = `The tests took ${seconds.toFixed(0)} s`;
  if (cpu === undefined) return `${took}.`;
  const isOver = cpu > limit && process.env.HOOKLATCH_FULL_COUNTS !== '1';
  const advice = ` The limit is ${limit} s of CPU on an idle machine: see docs/contributing/tests.md.`;
  return `${took}, and ${cpu.toFixed(0)} s of CPU.${isOver ? advice : ''}`;
}

export default class RunTime {
  /** Jest has ended its workers by then. */
  onRunComplete(_, { startTime }) {
    process.stderr.write(`${inWords((Date.now() - startTime) / 1000, cpuSeconds())}\n`);
  }
}
