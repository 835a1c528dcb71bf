/** How the console names what an operator can do: the only list of controls by verb. */
import type { Verb } from '../../../shared/endpoints/endpoint/lifecycle.ts';
import { reasonWords, refusalText, type Step } from '../../../shared/endpoints/endpoint/step.ts';
import { text } from '../text.ts';

/** What each verb does, and the control that does it. */
const verbWords: Record<Verb, readonly [does: string, control?: string]> = {
  // A page of the console changes no connection's provider or description.
  edit: ['change the connection'],
  delete: ['delete the connection', text.remove.button],
  configure: ['configure the endpoint', text.endpoint.configure],
  generateToken: ['generate a token, or paste the secret of the sender', text.token.generate],
  revealToken: ['reveal the token', text.token.reveal],
  rotateToken: ['rotate the token', text.token.rotate],
  changeAuth: ['change how webhooks are verified', text.endpoint.edit],
  endGrace: ['end the grace', text.token.endGrace],
  removeToken: ['remove the token', `${text.endpoint.edit}”, then “${text.token.remove}`],
  activate: ['activate the endpoint', text.endpoint.activate],
  deactivate: ['deactivate the endpoint', text.endpoint.deactivate],
  hold: ['hold the endpoint', text.hold.hold],
  release: ['release the endpoint', text.hold.release],
  openHandshake: ['open the handshake', text.handshake.open],
  confirmHandshake: ['confirm the delivered secret', text.handshake.confirm],
  closeHandshake: ['close the handshake', text.handshake.close],
  test: ['test the endpoint', text.test.button],
  deconfigure: ['deconfigure the endpoint', text.endpoint.deconfigure],
};

/** A step with its control. */
export function stepInControls({ verb, reason }: Step): string {
  const [does, control] = verbWords[verb];
  return `${does}${control === undefined ? '' : ` (“${control}”)`}${reason === undefined ? '' : reasonWords[reason]}`;
}

/** A refusal of the lifecycle in words. Undefined for every other problem. */
export const refusalInControls = (problem: Readonly<Record<string, unknown>>): string | undefined =>
  refusalText(problem, verbWords, stepInControls);
