/** The receivers: what each answers to a request, and how long that takes. */
import type { OutboundResult } from '../../../shared/ground/outbound/outbound-request.ts';
import { second, type VirtualTime } from './virtual-time.ts';

/** How a receiver is for a while. */
export const modes = [
  'up',
  'down',
  'unreachable',
  'hanging',
  'slow',
  'limiting',
  'gone',
  'missing',
  'redirecting',
  'flapping',
  /** The destination's secret can't be read, so nothing gets there. */
  'unreadable',
] as const;
export type Mode = (typeof modes)[number];

export interface Answer {
  ms: number;
  result: OutboundResult;
}

const answered = (status: number, headers: Record<string, string> = {}): OutboundResult => ({
  outcome: 'answered',
  status,
  headers,
  body: Buffer.from(status < 300 ? '' : `status ${status}`),
  isWhole: true,
  leftOut: [],
});

const failed = (outcome: 'unreachable' | 'timeout', reason: string): OutboundResult => ({
  outcome,
  reason,
  leftOut: [],
});

/** What a receiver in this mode answers. `isPoison`: an event that it fails for even when all is well. */
export function answerOf(
  mode: Mode,
  isPoison: boolean,
  timeoutMs: number,
  time: VirtualTime,
  isPrompt: boolean,
): Answer {
  const quick = isPrompt || time.chance(0.95) ? time.between(10, 300) : time.between(500, 1_500);
  const hanging = { ms: timeoutMs, result: failed('timeout', 'no answer in time') };
  switch (mode) {
    case 'down':
      return { ms: quick, result: answered(503) };
    case 'unreachable':
      return { ms: quick, result: failed('unreachable', 'connection refused') };
    case 'hanging':
      return hanging;
    case 'slow': {
      const ms = time.between(3 * second, 12 * second);
      return ms > timeoutMs ? hanging : { ms, result: answered(200) };
    }
    case 'limiting':
      return { ms: quick, result: answered(429, { 'retry-after': `${time.between(10, 900)}` }) };
    case 'gone':
      return { ms: quick, result: answered(410) };
    case 'missing':
      return { ms: quick, result: answered(404) };
    case 'redirecting':
      return { ms: quick, result: answered(302, { location: 'https://elsewhere.example/' }) };
    case 'flapping':
      if (time.chance(0.5)) return { ms: quick, result: answered(200) };
      return time.chance(0.5) ? hanging : { ms: quick, result: answered(500) };
    case 'unreadable':
    case 'up':
      return { ms: quick, result: answered(isPoison ? 500 : 200) };
  }
}
