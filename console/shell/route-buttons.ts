/** The buttons that do what a route does. The API's advice names routes; the console shows buttons instead. */
/** What a test of the console never does. */
const publishAdvice = 'To test this step too, send publish: true.';

const buttons: readonly (readonly [route: string, button: string])[] = [
  ['POST …/endpoint/handshake/confirm', 'Confirm the secret'],
  ['POST …/endpoint/token/rotate', 'Rotate token'],
  ['DELETE …/endpoint/token/previous', 'End grace now'],
  ['POST …/endpoint/deactivate', 'Deactivate'],
  ['POST …/endpoint/handshake', 'Open handshake'],
  ['DELETE …/endpoint/handshake', 'Close handshake'],
  ['POST …/endpoint/activate', 'Activate'],
  ['POST …/endpoint/release', 'Release'],
  ['POST …/endpoint/token', 'Generate token'],
  ['DELETE …/endpoint/token', 'Remove token'],
  ['POST …/endpoint/hold', 'Hold'],
  ['GET /v1/providers', 'the list of providers'],
  ['DELETE …/endpoint', 'Deconfigure'],
  ['PUT …/endpoint', 'Configure'],
];

/** The text with buttons in place of routes. */
export const withButtons = (advice: string): string =>
  buttons
    .reduce((shown, [route, button]) => shown.replaceAll(route, `“${button}”`), advice)
    .replace(publishAdvice, 'This test publishes nothing.');
