/** Which addresses requests may go to. */
import { isIP } from 'node:net';
import { addressesIn } from '../base/address-range.ts';

/** IANA's IPv4 special-purpose address registry, with what it calls globally reachable too, and multicast. */
const specialV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/**
 * The only IPv6 addresses that are assigned to networks. The ranges outside contain all that means an IPv4 address, but Teredo and
 * 6to4: ::ffff:0:0/96, ::/96, 64:ff9b::/96 and 64:ff9b:1::/48.
 */
const globalV6 = ['2000::/3'];
/** What IANA's registry has within. The first one includes Teredo (2001::/32), the third is 6to4. */
const specialV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'];

const isSpecialV4 = addressesIn(specialV4);
const isGlobalV6 = addressesIn(globalV6);
const isSpecialV6 = addressesIn(specialV6);

/** Whether a request may go to the address. False for what is no address. */
export type AddressRule = (address: string) => boolean;

/**
 * Creates the rule of a deployment.
 * @param allow ranges that are allowed though not public. They mean their own family only
 */
export function addressRule(allow: readonly string[]): AddressRule {
  const isAllowed = addressesIn(allow);
  return (address) => {
    // A zone, as in fe80::1%eth0, names a network of this machine.
    if (address.includes('%')) return false;
    const isPublic = isIP(address) === 4 ? !isSpecialV4(address) : isGlobalV6(address) && !isSpecialV6(address);
    return isPublic || isAllowed(address);
  };
}
