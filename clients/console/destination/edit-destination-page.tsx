/** The form that edits a destination. */
import { useSession } from '../session/session.tsx';
import { NotAllowed } from '../shell/not-allowed.tsx';
import { DestinationsButton, useGoOn, WayOn } from '../shell/page-link.tsx';
import { UnreadPage } from '../shell/unread-page.tsx';
import { useForm, useVersion } from '../shell/use-form.ts';
import { useTitle } from '../shell/use-title.ts';
import { useUnsaved } from '../shell/use-unsaved.tsx';
import { destinationFormText } from '../text/destination-settings.ts';
import { text } from '../text.ts';
import { destinationBody, destinationFieldsOf, destinationRules } from './destination-fields.ts';
import { DestinationFormPage } from './destination-form.tsx';
import { type DestinationAnswer, useDestination, useDestinationChange } from './destination-record.ts';
import { destinationPath } from './destination-tab.ts';

function EditForm({ record, title }: { record: DestinationAnswer; title: string }) {
  const { name } = record;
  const { error, clear, busy, run } = useDestinationChange(name);
  const form = useForm(destinationRules, { first: destinationFieldsOf(record), error, clear });
  const { before, theirs, refuse } = useVersion(record, (theirs) => form.rebase(destinationFieldsOf(theirs)));
  const { question, leave } = useUnsaved(form.isChanged);
  const goOn = useGoOn();
  const page = destinationPath(name);

  async function update() {
    const body = destinationBody(form.start, form.fields);
    const done =
      Object.keys(body).length === 0 ||
      (await run(destinationFormText.update, (api) =>
        api.call('PATCH /v1/destinations/{name}', { params: { name }, body, ifMatch: before.version }),
      ));
    if (done) leave(() => goOn(page));
    else refuse();
  }

  return (
    <DestinationFormPage
      title={title}
      form={form}
      record={record}
      submitLabel={destinationFormText.update}
      isBusy={busy !== undefined}
      error={error}
      theirs={theirs}
      cancelTo={page}
      submit={() => void update()}
      question={question}
    />
  );
}

export function EditDestinationPage({ name }: { name: string }) {
  const title = `${destinationFormText.editTitle}: ${name}`;
  useTitle(title);
  const { data: record, error, refetch } = useDestination(name);
  const { me } = useSession();
  if (!me.allowedActions.includes('changeDestination'))
    return (
      <NotAllowed title={title} reason={destinationFormText.notAllowed}>
        <WayOn to={destinationPath(name)}>{text.shell.toDestination}</WayOn>
      </NotAllowed>
    );
  if (record) return <EditForm record={record} title={title} />;
  return (
    <UnreadPage
      title={title}
      error={error}
      retry={refetch}
      way={<DestinationsButton />}
      loading={text.destination.loading}
    />
  );
}
