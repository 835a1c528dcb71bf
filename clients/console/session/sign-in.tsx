/** The form in which an operator signs in. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { ClientSettingError } from '../../../shared/operators/api/api-client.ts';
import { UnreachableError } from '../../../shared/operators/api/api-error.ts';
import { reconnectMs } from '../poll-interval.ts';
import { useAppearance } from '../shell/appearance.ts';
import { Loading } from '../shell/loading.tsx';
import { useTitle } from '../shell/use-title.ts';
import { type Load, useWhenIdle } from '../shell/when-idle.ts';
import { text } from '../text.ts';
import './sign-in.css';
import { type End, isSignedOut } from './signed-out.ts';

export interface SignInProps {
  /** Why a session has just ended, unless by a sign-out in this tab. */
  end: End | undefined;
  /** The token of another tab, if any. The form tries it before it shows itself. */
  found: string | undefined;
  signIn: (token: string) => Promise<void>;
  /** Loads the pages, while a person looks for the token. */
  load: Load;
}

function messageOf(error: unknown): string {
  if (isSignedOut(error)) return text.signIn.refused;
  if (error instanceof ClientSettingError) return text.signIn.refused;
  return error instanceof Error ? error.message : text.problem.title;
}

/** Stands in for the form while another tab may have a token. */
export function Asking() {
  useTitle(text.signIn.title);
  useAppearance();
  return (
    <main className="sign-in">
      <Loading>{text.signIn.asking}</Loading>
    </main>
  );
}

const endText: Record<End, string> = { refused: text.signIn.ended, elsewhere: text.signIn.elsewhere };

/** Tries the token of another tab, and what a person enters. */
function useAttempts({ found, signIn }: Pick<SignInProps, 'found' | 'signIn'>) {
  const [token, setToken] = useState('');
  const [message, setMessage] = useState<string>();
  const [isBusy, setIsBusy] = useState(found !== undefined);
  /** Whether the API could not be reached with the token of another tab. */
  const [isLost, setIsLost] = useState(false);

  async function attempt(value: string) {
    if (value === '') return setMessage(text.signIn.empty);
    setIsBusy(true);
    if (!isLost) setMessage(undefined);
    try {
      await signIn(value);
    } catch (error) {
      setMessage(messageOf(error));
      setIsLost(value === found && error instanceof UnreachableError);
      setIsBusy(false);
    }
  }

  const isTried = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the token of another tab is tried once, when the form opens.
  useEffect(() => {
    if (found === undefined || isTried.current) return;
    isTried.current = true;
    void attempt(found);
  }, []);

  // It is tried again until the API can be reached, or the person enters another one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` is another function each time.
  useEffect(() => {
    if (!isLost || isBusy || token !== '') return undefined;
    const timer = setTimeout(() => void attempt(found ?? ''), reconnectMs);
    return () => clearTimeout(timer);
  }, [isLost, isBusy, token]);

  const isAsking = isBusy && found !== undefined && token === '' && !isLost;
  return { token, setToken, message, isBusy, isAsking, attempt };
}

export function SignIn({ end, found, signIn, load }: SignInProps) {
  useTitle(text.signIn.title);
  useAppearance();
  const { token, setToken, message, isBusy, isAsking, attempt } = useAttempts({ found, signIn });
  // What fails is loaded again when a page is opened.
  useWhenIdle(() => void load().catch(() => {}), !isAsking);

  function submit(event: FormEvent) {
    event.preventDefault();
    void attempt(token.trim());
  }

  if (isAsking) return <Asking />;
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
                {end && <Alert type="info">{endText[end]}</Alert>}
                <Box variant="p">{text.signIn.intro}</Box>
                <FormField label={text.signIn.token} description={text.signIn.tokenNote} errorText={message}>
                  <Input
                    type="password"
                    value={token}
                    autoFocus
                    autoComplete={false}
                    spellcheck={false}
                    onChange={({ detail }) => setToken(detail.value)}
                  />
                </FormField>
              </SpaceBetween>
            </Container>
          </Form>
        </form>
      </Box>
    </main>
  );
}
