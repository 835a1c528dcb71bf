/** Who did something: the name of an operator, and the id that stands in the history. */
import Box from '@cloudscape-design/components/box';
import { text } from '../text.ts';
import { useRead } from './queries.tsx';
import { useSession } from './session.tsx';

/** The names of operators by their ids. They are read once, and an id stands alone until then, or if nobody knows its name. */
const useOperatorNames = () => useRead(['operator names'], (api) => api.call('GET /v1/operators/names'));

/** @param id as the API says it: of an operator, or what else did it, such as a stack */
export function OperatorName({ id }: { id: string }) {
  const { data } = useOperatorNames();
  const { me } = useSession();
  const name = data?.items.find((each) => each.id === id)?.name;
  const you = id === me.id && ` ${text.operators.you}`;
  if (name === undefined)
    return (
      <>
        {id}
        {you}
      </>
    );
  return (
    <>
      {name}{' '}
      <Box variant="small" display="inline">
        {id}
      </Box>
      {you}
    </>
  );
}
