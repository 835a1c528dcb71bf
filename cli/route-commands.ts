/** The commands that do what a route does. The API's advice names routes; the command line shows commands instead. */

const commands: readonly (readonly [route: string, command: string])[] = [
  ['POST …/endpoint/handshake/confirm', 'hooklatch handshake confirm NAME'],
  ['POST …/endpoint/token/rotate', 'hooklatch token rotate NAME'],
  ['DELETE …/endpoint/token/previous', 'hooklatch token end-grace NAME'],
  ['POST …/endpoint/deactivate', 'hooklatch endpoint deactivate NAME'],
  ['POST …/endpoint/handshake', 'hooklatch handshake open NAME'],
  ['DELETE …/endpoint/handshake', 'hooklatch handshake close NAME'],
  ['POST …/endpoint/activate', 'hooklatch endpoint activate NAME'],
  ['POST …/endpoint/release', 'hooklatch endpoint release NAME'],
  [
    'the secret that the sender makes: POST …/endpoint/token',
    'the secret that the sender makes: hooklatch token generate NAME --value-stdin',
  ],
  ['POST …/endpoint/token', 'hooklatch token generate NAME'],
  ['DELETE …/endpoint/token', 'hooklatch token remove NAME'],
  ['POST …/endpoint/hold', 'hooklatch endpoint hold NAME'],
  ['GET /v1/providers lists', 'hooklatch providers list shows'],
  ['GET /v1/connections lists', 'hooklatch connections list shows'],
  ['GET /v1/operators lists', 'hooklatch operators list shows'],
  ['DELETE …/endpoint', 'hooklatch endpoint deconfigure NAME'],
  ['PUT …/endpoint with values', 'hooklatch endpoint configure NAME --file - with values'],
  ['PUT …/endpoint', 'hooklatch endpoint configure NAME'],
  ['NAME {"value": "…"}', 'NAME --value-stdin'],
  ['NAME {"signingSecret": "…"}', 'NAME --file - with {"signingSecret": "…"} on stdin'],
  ['?discardHeld=true', '--discard-held'],
  ['send publish: true', 'add --publish'],
];

/** The text with commands in place of routes. `NAME` stays for the connection's name. */
export const withCommands = (text: string): string =>
  commands.reduce((shown, [route, command]) => shown.replaceAll(route, command), text);
