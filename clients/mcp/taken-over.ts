import { Writable } from 'node:stream';

/**
 * Takes stdout for the protocol alone: whatever else writes to it, such as `console.log` of a dependency, goes to stderr.
 * @returns where the protocol is written, and a function that gives stdout back
 */
export function takenOver(stdout: Writable, stderr: Writable): { wire: Writable; giveBack: () => void } {
  const { write } = stdout;
  const wire = new Writable({
    decodeStrings: false,
    write: (chunk, encoding, done) => void write.call(stdout, chunk, encoding, done),
  });
  stdout.write = stderr.write.bind(stderr) as Writable['write'];
  return {
    wire,
    giveBack() {
      stdout.write = write;
    },
  };
}
