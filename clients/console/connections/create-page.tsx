/** The form that creates a connection. */
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useSession } from '../session/session.tsx';
import { setupText } from '../setup/setup-text.ts';
import { FormPage } from '../shell/form-page.tsx';
import { NotAllowed } from '../shell/not-allowed.tsx';
import { ConnectionsButton, PageLink } from '../shell/page-link.tsx';
import { connectionsPath } from '../shell/page-paths.ts';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { OptionalLabel, TextField } from '../shell/text-field.tsx';
import { useTitle } from '../shell/use-title.ts';
import { text } from '../text.ts';
import { isConnectionTaken } from './new-name.ts';
import { ProviderField } from './provider-field.tsx';
import { type NewConnectionForm, useNewConnection } from './use-new-connection.ts';

export function CreatePage() {
  useTitle(text.connections.create);
  const { me } = useSession();
  if (me.allowedActions.includes('createConnection')) return <CreateForm />;
  return (
    <NotAllowed title={text.connections.create} reason={text.connections.createNotAllowed}>
      <ConnectionsButton />
    </NotAllowed>
  );
}

/** What the API says of a name that a connection has. Its setup can be gone on with. */
const NameTaken = ({ name, taken }: Pick<NewConnectionForm, 'name' | 'taken'>) => (
  <>
    {taken}{' '}
    <PageLink to={`/connections/${name}/setup`} fontSize="body-s">
      {setupText.taken(name)}
    </PageLink>
  </>
);

/** Creates the connection alone, or does the rest too. */
const CreateButtons = ({ form }: { form: NewConnectionForm }) => (
  <>
    <Button
      formAction="none"
      loading={form.isSending(false)}
      disabled={form.isSending(true)}
      onClick={() => form.create(false)}
    >
      {text.connections.create}
    </Button>
    <Button variant="primary" formAction="submit" loading={form.isSending(true)} disabled={form.isSending(false)}>
      {setupText.submit}
    </Button>
  </>
);

function CreateForm() {
  const form = useNewConnection();
  const { name, taken, error } = form;
  return (
    <FormPage
      title={text.connections.create}
      description={setupText.hint}
      cancelTo={connectionsPath}
      buttons={<CreateButtons form={form} />}
      isRestored={form.isRestored}
      submit={() => form.create(true)}
    >
      <SpaceBetween size="m">
        <ProblemAlert error={taken === undefined ? error : undefined} />
        <Container>
          <SpaceBetween size="l">
            <TextField
              label={text.create.name}
              description={text.create.nameHint}
              constraintText={text.create.nameForm}
              error={isConnectionTaken(error) ? <NameTaken name={name} taken={taken} /> : form.nameError}
              inputRef={form.nameField}
              value={name}
              autoFocus
              spellcheck={false}
              setValue={form.enterName}
            />
            <ProviderField
              provider={form.provider}
              choose={form.setProvider}
              isMissing={form.isProviderMissing}
              list={form.providerList}
            />
            <TextField
              label={<OptionalLabel>{text.create.description}</OptionalLabel>}
              value={form.description}
              setValue={form.setDescription}
            />
          </SpaceBetween>
        </Container>
      </SpaceBetween>
    </FormPage>
  );
}
