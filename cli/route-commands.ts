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
  ['POST …/endpoint/token', 'hooklatch token generate NAME'],
  ['DELETE …/endpoint/token', 'hooklatch token remove NAME'],
  ['POST …/endpoint/hold', 'hooklatch endpoint hold NAME'],
  ['GET /v1/providers', 'hooklatch providers list'],
  ['DELETE …/endpoint', 'hooklatch endpoint deconfigure NAME'],
  ['PUT …/endpoint', 'hooklatch endpoint configure NAME'],
  ['?discardHeld=true', '--discard-held'],
  ['send publish: true', 'add --publish'],
];

/** The text with commands in place of routes. `NAME` stays for the connection's name. */
export const withCommands = (text: string): string =>
  commands.reduce((shown, [route, command]) => shown.replaceAll(route, command), text);
