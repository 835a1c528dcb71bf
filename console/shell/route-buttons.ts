/**
 * The API's advice in the words of the console: buttons in place of routes, and what a person does in place of a request. Refusals
 * of the lifecycle have facts instead: see `verb-words.ts`.
 */

const buttons: readonly (readonly [route: string, button: string])[] = [
  ['POST …/endpoint/token/rotate', 'Rotate token'],
  ['POST …/endpoint/handshake', 'Open handshake'],
  ['POST …/endpoint/token', 'Generate token'],
  ['GET /v1/providers', 'the list of providers'],
  ['PUT …/endpoint', 'Configure'],
];

/** What the API says of requests that a person does not make in the console, and what the console says instead. */
const phrases: readonly (readonly [said: RegExp, shown: string])[] = [
  [/ GET \/v1\/connections lists them\./g, ''],
  [
    / Then send it as (value|signingSecret): POST …\/endpoint\/token(\/rotate)? \{[^}]*\}\./g,
    ' Its field is on the tab “Endpoints”.',
  ],
  [/send it as (value|signingSecret) instead/g, 'paste it instead'],
  [/the (secret|token) of your Hooklatch endpoint/g, 'the token'],
  [/the verify token of your Hooklatch endpoint/g, 'the verify token'],
  [/\bAdopt\b/g, 'Paste'],
  [/\badopt\b/g, 'paste'],
  [/To test this step too, send publish: true\./g, 'This test publishes nothing.'],
];

/** The text as the console shows it. */
export function withButtons(advice: string): string {
  const told = phrases.reduce((shown, [said, instead]) => shown.replace(said, instead), advice);
  return buttons.reduce((shown, [route, button]) => shown.replaceAll(route, `“${button}”`), told);
}
