/** Where what is replayed goes. */
import Box from '@cloudscape-design/components/box';
import { jobsText } from '../jobs/jobs-text.ts';
import { useRoutes } from '../routes/routes-record.ts';

const words = jobsText.plan;

/** The destinations that the routes of a connection name now. Which of them an event gets, its rules decide. */
export function GoesTo({ name }: { name: string }) {
  const { data, error } = useRoutes(name);
  if (!data) return <Box>{error ? words.routesUnread : words.routesLoading}</Box>;
  const to = [...new Set(data.rules.map((rule) => rule.to))];
  return <Box>{to.length === 0 ? words.toBus : words.goesTo(to)}</Box>;
}
