/**
 * Runs seeds, or shows what happened in one:
 *
 *     node test/support/dispatch-world/main.ts PROFILE [FROM [COUNT]]
 *     node test/support/dispatch-world/main.ts PROFILE --trace SEED
 */
import { type ProfileName, profiles, runSeed } from './scenario.ts';

const [name = 'chaos', first = '1', second = '100'] = process.argv.slice(2);
const profile = profiles[name as ProfileName];

if (first === '--trace') {
  const { trace } = await runSeed(Number(second), profile, { isTraced: true });
  process.stdout.write(`${trace.join('\n')}\n`);
} else {
  const kinds = new Map<string, { seeds: number; first: string }>();
  const counts: Record<string, number> = {};
  let longest = 0;
  for (let seed = Number(first); seed < Number(first) + Number(second); seed += 1) {
    const { violations, counts: some, longestChain } = await runSeed(seed, profile);
    longest = Math.max(longest, longestChain);
    for (const [name, count] of Object.entries(some)) counts[name] = (counts[name] ?? 0) + count;
    for (const kind of new Set(violations.map(({ kind }) => kind))) {
      const text = violations.find((violation) => violation.kind === kind)?.text;
      const known = kinds.get(kind) ?? { seeds: 0, first: `seed ${seed}: ${text}` };
      kinds.set(kind, { ...known, seeds: known.seeds + 1 });
    }
  }
  process.stdout.write(`${JSON.stringify({ ...counts, longestChain: longest })}\n`);
  for (const [kind, { seeds, first }] of kinds) process.stdout.write(`${kind}: ${seeds} seeds; ${first}\n`);
  process.exitCode = kinds.size > 0 ? 1 : 0;
}
