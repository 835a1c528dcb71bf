/** The texts of the page “Operators”. */
import type { Role } from '../../../shared/ground/base/actor.ts';

export const roleText: Record<Role, string> = {
  connection_admin: 'Connection admin',
  flow_designer: 'Flow designer',
};

export const operatorsText = {
  operators: {
    title: 'Operators',
    loading: 'Loading operators',
    notAllowed: 'Only a connection admin can see the operators.',
    none: 'No operators yet',
    noneNext: 'The bootstrap token is the only way in. Add a connection admin first, for yourself.',
    bootstrapOpen:
      'The bootstrap token still works. To end it for good, add a connection admin whose token never expires, and sign in with that token.',
    name: 'Name',
    nameHint: 'A person, or what uses the token, such as “deploy pipeline”.',
    role: 'Role',
    roleHints: {
      connection_admin: 'May do everything.',
      flow_designer:
        'Reads connections, events, rejections, histories, routes and destinations, and replays events. Never sees a token.',
    },
    expires: 'Expires',
    never: 'Never',
    expiry: 'Expiry',
    expiryChoices: {
      never: 'Never',
      latest: (at: string) => `At the latest time that you may give: ${at}`,
      days: { week: 'In 7 days', month: 'In 30 days', quarter: 'In 90 days', year: 'In a year' },
    },
    expiryLimited: 'You can’t add operators that stay longer. Only an admin without an expiry can.',
    created: 'Added',
    by: 'by',
    lastUsed: 'Last used',
    expired: 'Expired',
    add: 'Add operator',
    addNotAllowed:
      'In this deployment, an admin of an OpenID Connect issuer adds no operators. Sign in with the token of an operator.',
    addTitle: 'Add an operator',
    nameError: 'Enter a name.',
    token: (name: string) => `Token of ${name}`,
    tokenOnce: 'The token is shown only now. Copy it, and give it to the operator in a safe way.',
    copy: 'Copy token',
    done: 'Done',
    actions: 'Actions',
    revoke: 'Revoke',
    revokeTitle: (name: string) => `Revoke ${name}?`,
    revokeBody: 'The token stops working at once, for ever.',
    revokeOwn: 'This is the token that you are signed in with. You are signed out at once.',
    /** Beside the name of whoever is signed in. */
    you: '(you)',
  },
};
