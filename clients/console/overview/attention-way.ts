/** Where a person mends what needs somebody. */

import type { Attention } from '../../../shared/operators/journal/attention.ts';

/** The part of a connection's page. A list shows those that were given up. */
const ofConnection: Partial<Record<Attention['kind'], string>> = {
  refusing: '/rejections',
  events_given_up: `/events#${new URLSearchParams({ match: '{"publication":["given_up"]}' })}`,
};

/** The path of the page, behind `/console`, and the name that the link has. */
export function wayTo(found: Attention): { name: string; path: string } {
  if ('connection' in found) {
    const { connection: name, kind } = found;
    return { name, path: `/connections/${name}${ofConnection[kind] ?? ''}` };
  }
  const { destination: name, kind } = found;
  if (kind === 'delivery_failing') return { name, path: `/destinations/${name}/deliveries/${found.id}` };
  return { name, path: `/destinations/${name}${kind === 'deliveries_given_up' ? '/deliveries#status=given_up' : ''}` };
}
