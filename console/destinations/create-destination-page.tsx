/** The form that creates a destination. */
import { useQueryClient } from '@tanstack/react-query';
import { newDestinationBody, newFields } from '../destination/destination-fields.ts';
import { DestinationFormPage } from '../destination/destination-form.tsx';
import { adoptDestination } from '../destination/destination-record.ts';
import { useDestinationForm } from '../destination/use-destination-form.ts';
import { useSend } from '../session/queries.tsx';
import { useSession } from '../session/session.tsx';
import { NotAllowed } from '../shell/not-allowed.tsx';
import { DestinationsButton, useGoOn } from '../shell/page-link.tsx';
import { destinationsPath } from '../shell/page-paths.ts';
import { useTitle } from '../shell/use-title.ts';
import { useUnsaved } from '../shell/use-unsaved.tsx';
import { text } from '../text.ts';

export default function CreateDestinationPage() {
  useTitle(text.destinationForm.createTitle);
  const { me } = useSession();
  if (me.allowedActions.includes('createDestination')) return <CreateForm />;
  return (
    <NotAllowed title={text.destinationForm.createTitle} reason={text.destinations.createNotAllowed}>
      <DestinationsButton />
    </NotAllowed>
  );
}

function CreateForm() {
  const client = useQueryClient();
  const goOn = useGoOn();
  const { mutate, isPending, error, reset } = useSend(
    (api) => api.call('POST /v1/destinations', { body: newDestinationBody(form.fields) }),
    (record) => {
      adoptDestination(client, record);
      leave(() => goOn(`/destinations/${record.name}`));
    },
  );
  const form = useDestinationForm(newFields, error, reset);
  const { question, leave } = useUnsaved(form.isChanged);
  return (
    <DestinationFormPage
      title={text.destinationForm.createTitle}
      form={form}
      record={undefined}
      submitLabel={text.destinationForm.create}
      isBusy={isPending}
      error={error}
      cancelTo={destinationsPath}
      submit={mutate}
      question={question}
    />
  );
}
