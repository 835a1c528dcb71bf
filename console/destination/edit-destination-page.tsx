/** The form that edits a destination. */
import { useState } from 'react';
import { useSession } from '../session/session.tsx';
import { Loading } from '../shell/loading.tsx';
import { NotAllowed } from '../shell/not-allowed.tsx';
import { DestinationsButton, useGoOn, WayOn } from '../shell/page-link.tsx';
import { PageProblem } from '../shell/page-problem.tsx';
import { useTitle } from '../shell/use-title.ts';
import { useUnsaved } from '../shell/use-unsaved.tsx';
import { text } from '../text.ts';
import { changedSettings, fieldsOf } from './destination-fields.ts';
import { DestinationFormPage } from './destination-form.tsx';
import { type Destination, useDestination, useDestinationChange } from './destination-record.ts';
import { destinationPath } from './destination-tab.ts';
import { useDestinationForm } from './use-destination-form.ts';

function EditForm({ record, title }: { record: Destination; title: string }) {
  const { name } = record;
  const change = useDestinationChange(name);
  const form = useDestinationForm(fieldsOf(record), change.error, change.clear);
  const [version, setVersion] = useState(record.version);
  const [isRefused, setIsRefused] = useState(false);
  const { question, leave } = useUnsaved(form.isChanged);
  const goOn = useGoOn();
  const page = destinationPath(name);

  // Somebody else was faster. The form takes over what they changed, and keeps what this person entered.
  if (isRefused && record.version !== version) {
    form.rebase(fieldsOf(record));
    setVersion(record.version);
    setIsRefused(false);
  }

  async function update() {
    const body = changedSettings(form.start, form.fields);
    const done =
      Object.keys(body).length === 0 ||
      (await change.run(text.destinationForm.update, (api) =>
        api.call('PATCH /v1/destinations/{name}', { params: { name }, body, ifMatch: version }),
      ));
    if (done) leave(() => goOn(page));
    else setIsRefused(true);
  }

  return (
    <DestinationFormPage
      title={title}
      form={form}
      record={record}
      submitLabel={text.destinationForm.update}
      isBusy={change.busy !== undefined}
      error={change.error}
      cancelTo={page}
      submit={() => void update()}
      question={question}
    />
  );
}

export default function EditDestinationPage({ name }: { name: string }) {
  const title = `${text.destinationForm.editTitle}: ${name}`;
  useTitle(title);
  const { data: record, error, refetch } = useDestination(name);
  const { me } = useSession();
  if (!me.allowedActions.includes('changeDestination'))
    return (
      <NotAllowed title={title} reason={text.destinationForm.notAllowed}>
        <WayOn to={destinationPath(name)}>{text.shell.toDestination}</WayOn>
      </NotAllowed>
    );
  if (record) return <EditForm record={record} title={title} />;
  return error ? (
    <PageProblem title={title} error={error} retry={refetch} way={<DestinationsButton />} />
  ) : (
    <Loading>{text.destination.loading}</Loading>
  );
}
