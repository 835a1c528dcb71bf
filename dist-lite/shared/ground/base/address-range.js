/** Lists of addresses from which an endpoint accepts deliveries. */
import { BlockList, isIP, isIPv4 } from 'node:net';
import * as z from 'zod/mini';
import { schema } from "./schema.js";
function parseRange(range) {
    const [address, length, ...more] = range.split('/');
    const family = isIP(address);
    if (family === 0 || more.length > 0 || address.includes('%'))
        return undefined;
    const bits = family === 4 ? 32 : 128;
    if (length === undefined)
        return { address, prefix: bits };
    return /^\d{1,3}$/.test(length) && Number(length) <= bits ? { address, prefix: Number(length) } : undefined;
}
/** An IPv4 or IPv6 address, or a range of addresses in CIDR notation. */
export const addressRangeSchema = /* @__PURE__ */ schema(() => z
    .string()
    .check(z.refine((range) => parseRange(range) !== undefined, { error: 'must be an IP address or a CIDR range' })));
/** Whether a text is a range of more than one address. */
export function isBlock(text) {
    const range = parseRange(text);
    return range !== undefined && range.prefix < (isIPv4(range.address) ? 32 : 128);
}
/** Tests whether an address is in one of the ranges. False for an address that can't be parsed. */
export function addressesIn(ranges) {
    // A list for each family: for BlockList, ::/0 contains every IPv4 address too.
    const lists = { ipv4: new BlockList(), ipv6: new BlockList() };
    const familyOf = (address) => (isIPv4(address) ? 'ipv4' : 'ipv6');
    for (const range of ranges) {
        const parts = parseRange(range);
        if (!parts)
            continue;
        const family = familyOf(parts.address);
        lists[family].addSubnet(parts.address, parts.prefix, family);
    }
    return (address) => lists[familyOf(address)].check(address, familyOf(address));
}
/** Whether the list contains the address that API Gateway saw, alone or in a range. */
export const isAddressIn = (ranges, address) => addressesIn(ranges)(address);
