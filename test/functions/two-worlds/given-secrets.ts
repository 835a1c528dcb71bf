/** The secrets of two worlds, and the texts by which somebody guesses those of the first. */
import { createHash } from 'node:crypto';
import { encodings } from './given-receivers.ts';

const signingSecret = (letter: string, bytes: number) => `whsec_${Buffer.alloc(bytes, letter).toString('base64')}`;

/** Everything secret of destinations, and of the endpoints of connections. */
const guessed = {
  path: '/services/T0000000/b0ttl3-0f-ink-4nd-4-p3n?key=a%20k%26y',
  header: 'hdr-"quoted"/<&>+value',
  bearer: 'bearer-0f-the-first-world',
  password: 'p4ss/word&more',
  clientSecret: 'client+secret/one',
  accessToken: 'access.token-of-the-first_world',
  signing: signingSecret('q', 32),
  token: 'token-of-a-sender-1',
  /** Of one length in both worlds, because the size of a body says it. */
  bodyToken: 'body-token-of-one-1',
  appSecret: 'app-secret-of-a-form',
  verifyToken: 'verify-me-as-the-first',
};
export type Secrets = typeof guessed;

const other: Secrets = {
  path: '/in/zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz',
  header: 'something else entirely, and longer than that',
  bearer: 'nothing',
  password: 'a-password-that-nobody-guesses',
  clientSecret: 'zzzzzzz',
  accessToken: 'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy',
  signing: signingSecret('z', 40),
  token: 'another-one-and-a-longer-one',
  bodyToken: 'zzzz-zzzzz-zz-zzz-2',
  appSecret: 'not-of-the-same-length-either',
  verifyToken: 'nobody-knows',
};

/** Somebody knows the secrets of one world, and asks whether they are those of the other. */
export const secretsOf = { guessed, other };
export type WorldName = keyof typeof secretsOf;
export const worldNames: readonly WorldName[] = ['guessed', 'other'];

/** A reference of a file to a secret. */
export const digestOf = (secret: string) => `sha256:${createHash('sha256').update(secret).digest('hex')}`;

const forms = (secret: string) => [secret, JSON.stringify(secret).slice(1, -1), digestOf(secret)];

/** What is stored, with the secrets of the other world. */
export function withOtherSecrets<T>(stored: T): T {
  let text = JSON.stringify(stored);
  for (const name of Object.keys(guessed) as (keyof Secrets)[])
    for (const [at, form] of forms(guessed[name]).entries()) text = text.replaceAll(form, forms(other[name])[at] ?? '');
  return JSON.parse(text);
}

const nearby = (secret: string) => {
  const start = secret.slice(0, -1);
  return [secret, start, `${start}~`, secret.slice(0, 6), `${secret.slice(0, 5)}~`];
};

/** Each of these secrets whole, without its end, its first six characters, and with one that is wrong. In each encoding. */
const guessesOf = (secrets: readonly string[]): string[] =>
  secrets.flatMap(nearby).flatMap((guess) => Object.values(encodings).map((encode) => encode(guess)));

export const guesses = guessesOf(Object.values(guessed));

/**
 * Those for the head of a webhook. There, a copy of the token that the webhook brings is masked too, so whoever makes a sender write a guess
 * there sees whether it is the token.
 */
export const headGuesses = guessesOf(Object.values({ ...guessed, token: guessed.bearer, bodyToken: guessed.bearer }));
