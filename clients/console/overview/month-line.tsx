/** One line: what this month costs so far. It is an estimate, and says of what. */
import Box from '@cloudscape-design/components/box';
import { readTraffic } from '../charts/traffic-reads.ts';
import { useRead } from '../session/queries.tsx';
import { beginningOfMonth, billedIn, dollarsText } from './month-so-far.ts';
import { overviewText } from './overview-text.ts';

/** The time between two reads, in milliseconds. */
const everyMs = 300_000;

export function MonthLine() {
  const { data, error } = useRead(
    ['month so far'],
    (api) => readTraffic(api, undefined, { by: 'day', from: beginningOfMonth(new Date()) }),
    { everyMs },
  );
  if (data) return <Box variant="small">{overviewText.month(dollarsText(billedIn(data.items)))}</Box>;
  return error ? <Box variant="small">{overviewText.monthUnread}</Box> : null;
}
