/** The form in which an operator signs in. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { ClientSettingError } from '../../shared/api/api-client.ts';
import { useAppearance } from '../shell/appearance.ts';
import { useTitle } from '../shell/use-title.ts';
import { text } from '../text.ts';
import './sign-in.css';
import { isSignedOut } from './signed-out.ts';
import { forgetToken } from './token-storage.ts';

interface SignInProps {
  /** Whether a session has just ended because the API no longer accepts its token. */
  hasEnded: boolean;
  /** The token that this page had before it loaded itself again, if any. */
  handedOver: string | undefined;
  /** The token that this tab kept, if any. The form tries it, or the one that was handed over, before it shows itself. */
  keptToken: string | undefined;
  signIn: (token: string, isKept: boolean) => Promise<void>;
}

function messageOf(error: unknown): string {
  if (isSignedOut(error)) return text.signIn.refused;
  if (error instanceof ClientSettingError) return text.signIn.refused;
  return error instanceof Error ? error.message : text.problem.title;
}

export function SignIn({ hasEnded, handedOver, keptToken, signIn }: SignInProps) {
  useTitle(text.signIn.title);
  useAppearance();
  const [token, setToken] = useState('');
  const [isKept, setIsKept] = useState(keptToken !== undefined);
  const [message, setMessage] = useState<string>();
  const present = handedOver ?? keptToken;
  const [isBusy, setIsBusy] = useState(present !== undefined);

  async function attempt(value: string, keep: boolean) {
    if (value === '') return setMessage(text.signIn.empty);
    setIsBusy(true);
    setMessage(undefined);
    try {
      await signIn(value, keep);
    } catch (error) {
      if (isSignedOut(error)) forgetToken(value);
      setMessage(messageOf(error));
      setIsBusy(false);
    }
  }

  const isResumed = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the present token is tried once, when the page opens.
  useEffect(() => {
    if (present === undefined || isResumed.current) return;
    isResumed.current = true;
    void attempt(present, isKept);
  }, []);

  function submit(event: FormEvent) {
    event.preventDefault();
    void attempt(token.trim(), isKept);
  }

  if (isBusy && present !== undefined && token === '') return <Spinner size="large" />;
  return (
    <main className="sign-in">
      <Box margin={{ top: 'xxxl', horizontal: 'm' }}>
        <form onSubmit={submit}>
          <Form
            actions={
              <Button variant="primary" formAction="submit" loading={isBusy}>
                {text.signIn.submit}
              </Button>
            }
          >
            <Container header={<Header variant="h1">{text.signIn.heading}</Header>}>
              <SpaceBetween size="m">
                {hasEnded && <Alert type="info">{text.signIn.ended}</Alert>}
                <Box variant="p">{text.signIn.intro}</Box>
                <FormField label={text.signIn.token} errorText={message}>
                  <Input
                    type="password"
                    value={token}
                    autoFocus
                    autoComplete={false}
                    spellcheck={false}
                    onChange={({ detail }) => setToken(detail.value)}
                  />
                </FormField>
                <Checkbox
                  checked={isKept}
                  description={text.signIn.keepNote}
                  onChange={({ detail }) => setIsKept(detail.checked)}
                >
                  {text.signIn.keep}
                </Checkbox>
              </SpaceBetween>
            </Container>
          </Form>
        </form>
      </Box>
    </main>
  );
}
