/** How the command line names what an operator can do: the only list of commands by verb. */
import type { Verb } from '../shared/endpoint/lifecycle.ts';
import { refusalText, type Step, type StepReason } from '../shared/endpoint/step.ts';

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

/** What each reason adds to a step: an option of its command, and a sentence part. */
const reasonWords: Record<StepReason, { option?: string; adds: string }> = {
  closes_endpoint: { adds: ', which closes an active endpoint' },
  discards_held: { option: ' --discard-held', adds: ', and the held events are never published' },
  ends_grace: { option: ' --force', adds: ', which ends the grace' },
  ends_url: { adds: ', which permanently ends its URL' },
  publishes_held: { adds: ', which publishes the held events' },
  start_at_sender: { adds: ' and start it at the sender' },
  without_values: { adds: ' without values' },
};

/** A change of auth has its values in a file, and so has it the end of the grace. */
const optionOf = ({ verb, reason }: Step): string => {
  if (reason === undefined) return '';
  return verb === 'changeAuth' && reason === 'ends_grace'
    ? ' with "force": true in the file'
    : (reasonWords[reason].option ?? '');
};

/** A step with its command. `NAME` stands for the connection's name. */
export function stepText(step: Step): string {
  const [does, command] = verbWords[step.verb];
  return `${does} (${command}${optionOf(step)})${step.reason === undefined ? '' : reasonWords[step.reason].adds}`;
}

/**
 * A refusal of the lifecycle in words. Undefined for every other problem.
 * @param name the connection's name
 */
export const refusalInCommands = (problem: Readonly<Record<string, unknown>>, name = 'NAME'): string | undefined =>
  refusalText(problem, { verbs: verbWords, reasons: reasonWords }, (step) => stepText(step).replace('NAME', name));
