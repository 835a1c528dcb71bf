/** Makes a body with the same CRC-32 as another body. Anybody who saw a delivery can make such a body. */
import { crc32 } from 'node:zlib';

const padding = 64;

/**
 * A body that begins with this text and has this CRC-32. 64 characters follow the text, and each is a blank or a tab. A CRC is
 * linear, so a system of 32 equations says which characters must be tabs.
 */
export function withChecksum(text: string, wanted: number): Buffer {
  const bodyOf = (tabs: bigint): Buffer =>
    Buffer.from(text + Array.from({ length: padding }, (_, at) => ((tabs >> BigInt(at)) & 1n ? '\t' : ' ')).join(''));
  const blank = crc32(bodyOf(0n));
  /** For each highest bit: a change of the checksum, and the tabs that cause it. */
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
