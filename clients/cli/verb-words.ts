/** How the command line names what an operator can do: the only list of commands by verb. */
import type { Verb } from '../../shared/endpoints/endpoint/lifecycle.ts';
import { reasonWords, refusalText, type Step, type StepReason } from '../../shared/endpoints/endpoint/step.ts';

/** What each verb does, and its command. */
const verbWords: Record<Verb, readonly [does: string, command: string]> = {
  edit: ['change the connection', 'hooklatch connections edit NAME'],
  delete: ['delete the connection', 'hooklatch connections delete NAME'],
  configure: ['configure the endpoint', 'hooklatch endpoint configure NAME'],
  generateToken: [
    'generate a token, or adopt the secret of the sender with --value-stdin',
    'hooklatch token generate NAME',
  ],
  revealToken: ['reveal the token', 'hooklatch token reveal NAME'],
  rotateToken: ['rotate the token', 'hooklatch token rotate NAME'],
  changeAuth: ['configure the endpoint with new values', 'hooklatch endpoint configure NAME --file -'],
  endGrace: ['end the grace', 'hooklatch token end-grace NAME'],
  removeToken: ['remove the token', 'hooklatch token remove NAME'],
  activate: ['activate the endpoint', 'hooklatch endpoint activate NAME'],
  deactivate: ['deactivate the endpoint', 'hooklatch endpoint deactivate NAME'],
  hold: ['hold the endpoint', 'hooklatch endpoint hold NAME'],
  release: ['release the endpoint', 'hooklatch endpoint release NAME'],
  openHandshake: ['open the handshake', 'hooklatch handshake open NAME'],
  confirmHandshake: ['confirm the delivered secret', 'hooklatch handshake confirm NAME'],
  closeHandshake: ['close the handshake', 'hooklatch handshake close NAME'],
  test: ['test the endpoint', 'hooklatch endpoint test NAME'],
  deconfigure: ['deconfigure the endpoint', 'hooklatch endpoint deconfigure NAME'],
};

/** What a reason adds to a command. */
const options: Partial<Record<StepReason, string>> = { discards_held: ' --discard-held', ends_grace: ' --force' };

/** The command with a place for the connection's name. */
export const commandOf = (verb: Verb): string => verbWords[verb][1].replace('NAME', '{name}');

/** A step with its command. `NAME` stands for the connection's name. */
export function stepText({ verb, reason }: Step): string {
  const [does, command] = verbWords[verb];
  if (reason === undefined) return `${does} (${command})`;
  // A change of auth has its values in a file, and so has it the end of the grace.
  const isInFile = verb === 'changeAuth' && reason === 'ends_grace';
  return `${does} (${command}${isInFile ? ' with "force": true in the file' : (options[reason] ?? '')})${reasonWords[reason]}`;
}

/**
 * A refusal of the lifecycle in words. Undefined for every other problem.
 * @param name the connection's name
 */
export const refusalInCommands = (problem: Readonly<Record<string, unknown>>, name = 'NAME'): string | undefined =>
  refusalText(problem, verbWords, (step) => stepText(step).replace('NAME', name));
