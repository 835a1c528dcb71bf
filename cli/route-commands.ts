/**
 * The API's advice names routes and fields. The command line shows the commands and options that do the same. Refusals of the
 * lifecycle have facts instead: see `verb-words.ts`.
 */

const commands: readonly (readonly [route: string, command: string])[] = [
  ['POST …/endpoint/token/rotate', 'hooklatch token rotate NAME'],
  ['POST …/endpoint/handshake', 'hooklatch handshake open NAME'],
  [
    'the secret that the sender makes: POST …/endpoint/token',
    'the secret that the sender makes: hooklatch token generate NAME --value-stdin',
  ],
  ['POST …/endpoint/token', 'hooklatch token generate NAME'],
  ['GET /v1/providers lists', 'hooklatch providers list shows'],
  ['GET /v1/connections lists', 'hooklatch connections list shows'],
  ['GET /v1/operators lists', 'hooklatch operators list shows'],
  ['PUT …/endpoint with values', 'hooklatch endpoint configure NAME --file - with values'],
  ['PUT …/endpoint', 'hooklatch endpoint configure NAME'],
  ['NAME {"value": "…"}', 'NAME --value-stdin'],
  ['NAME {"signingSecret": "…"}', 'NAME --file - with {"signingSecret": "…"} on stdin'],
  ['If-Match has version', '--if-version is'],
  ['send publish: true', 'add --publish'],
];

/** The options of fields that a refusal names by itself. */
const options: Readonly<Record<string, string>> = { ratePerSecond: '--rate', expiresAt: '--expires-at' };

const withOptions = (text: string): string =>
  text.replace(/^(ratePerSecond|expiresAt)\b/, (field) => options[field] ?? field);

/**
 * The text with commands and options in place of routes and fields.
 * @param name the connection's name. Without it, the commands have `NAME` in its place
 */
export const withCommands = (text: string, name = 'NAME'): string =>
  commands
    .reduce((shown, [route, command]) => shown.replaceAll(route, command), withOptions(text))
    .replace(/\bNAME\b/g, name);
