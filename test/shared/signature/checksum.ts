/** Bodies with the same CRC-32 as another one. Anybody who saw a delivery can make them. */
import { crc32 } from 'node:zlib';

const padding = 64;

/**
 * A body that begins with this text and has this CRC-32: 64 characters of white space follow, each a blank or a tab. A
 * CRC is linear, so which of them must be tabs is a system of 32 equations.
 */
export function withChecksum(text: string, wanted: number): Buffer {
  const bodyOf = (tabs: bigint): Buffer =>
    Buffer.from(text + Array.from({ length: padding }, (_, at) => ((tabs >> BigInt(at)) & 1n ? '\t' : ' ')).join(''));
  const blank = crc32(bodyOf(0n));
  /** The changes of the checksum by choices of tabs, by their highest bit. */
  const basis = new Map<number, { effect: number; tabs: bigint }>();
  const reduce = (effect: number, tabs: bigint) => {
    for (let rest = effect, chosen = tabs; ; ) {
      const pivot = 31 - Math.clz32(rest);
      const known = basis.get(pivot);
      if (rest === 0 || !known) return { effect: rest, tabs: chosen, pivot };
      rest = (rest ^ known.effect) >>> 0;
      chosen ^= known.tabs;
    }
  };
  for (let at = 0; at < padding; at++) {
    const tabs = 1n << BigInt(at);
    const reduced = reduce((crc32(bodyOf(tabs)) ^ blank) >>> 0, tabs);
    if (reduced.effect !== 0) basis.set(reduced.pivot, reduced);
  }
  return bodyOf(reduce((wanted ^ blank) >>> 0, 0n).tabs);
}
