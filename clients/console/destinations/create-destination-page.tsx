/** The form that creates a destination. */
import { useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import {
  type DestinationForm,
  destinationRules,
  newDestinationBody,
  newFields,
} from '../destination/destination-fields.ts';
import { DestinationFormPage } from '../destination/destination-form.tsx';
import { adoptDestination } from '../destination/destination-record.ts';
import { useSend } from '../session/queries.tsx';
import { useSession } from '../session/session.tsx';
import { NotAllowed } from '../shell/not-allowed.tsx';
import { DestinationsButton, useGoOn } from '../shell/page-link.tsx';
import { destinationsPath } from '../shell/page-paths.ts';
import { useForm } from '../shell/use-form.ts';
import { useTitle } from '../shell/use-title.ts';
import { useUnsaved } from '../shell/use-unsaved.tsx';
import { text } from '../text.ts';

export function CreateDestinationPage() {
  useTitle(text.destinations.create);
  const { me } = useSession();
  if (me.allowedActions.includes('createDestination')) return <CreateForm />;
  return (
    <NotAllowed title={text.destinations.create} reason={text.destinations.createNotAllowed}>
      <DestinationsButton />
    </NotAllowed>
  );
}

/** Where the form leads: to the page of the destination, or on to the routes of the connection from which a person came. */
function waysOf(connection: string | null) {
  if (connection === null) return { cancelTo: destinationsPath, done: (name: string) => `/destinations/${name}` };
  const routes = `/connections/${encodeURIComponent(connection)}/routes`;
  return { cancelTo: routes, done: (name: string) => `${routes}/edit?to=${name}` };
}

function CreateForm() {
  const client = useQueryClient();
  const [search] = useSearchParams();
  const { cancelTo, done } = waysOf(search.get('connection'));
  const goOn = useGoOn();
  const { mutate, isPending, error, reset } = useSend(
    (api) => api.call('POST /v1/destinations', { body: newDestinationBody(form.fields) }),
    (record) => {
      adoptDestination(client, record);
      leave(() => goOn(done(record.name)));
    },
  );
  const form: DestinationForm = useForm(destinationRules, { first: newFields, error, clear: reset });
  const { question, leave } = useUnsaved(form.isChanged);
  return (
    <DestinationFormPage
      title={text.destinations.create}
      form={form}
      record={undefined}
      submitLabel={text.destinations.create}
      isBusy={isPending}
      error={error}
      cancelTo={cancelTo}
      submit={mutate}
      question={question}
    />
  );
}
