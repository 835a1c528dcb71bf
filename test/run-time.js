/** Prints how long a run took: seconds, and seconds of CPU of Jest with all processes that it started. */
import { readFileSync } from 'node:fs';

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

export default class RunTime {
  /** Jest has ended its workers by then. */
  onRunComplete(_, { startTime }) {
    const cpu = cpuSeconds();
    const seconds = ((Date.now() - startTime) / 1000).toFixed(0);
    process.stderr.write(
      `The tests took ${seconds} s${cpu === undefined ? '' : `, and ${cpu.toFixed(0)} s of CPU`}.\n`,
    );
  }
}
