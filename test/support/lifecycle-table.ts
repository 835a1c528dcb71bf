/**
 * The result of each verb in each situation, written by hand: the new status, `same`, or the code of the rejection. Tests
 * compare both the rules and the API with it.
 */
import type { Status, Verb } from '../../shared/endpoints/endpoint/lifecycle.ts';

/** What an endpoint has besides its status. `a grace` is the grace period of a rotation. */
export type Having = 'no token' | 'a token' | 'a grace' | "sender's secret" | 'a hold' | 'a window' | 'a delivery';

export interface Situation {
  status: Status;
  having: Having;
  /** The result by verb, in the order of the API's list of actions. */
  cells: Record<Verb, string>;
  /** The allowed actions of a connection_admin. */
  offered: string;
}

// An endpoint with `a hold` has a token too. A hold changes the results of no other verb, so one column is enough.
// In the last two columns, the sender delivers its secret to an endpoint that was active. First the window is open and there
// is no token. Then there is a token, and a delivered secret waits beside it.
const columns: Having[] = ['no token', 'a token', 'a grace', "sender's secret", 'a hold', 'a window', 'a delivery'];

// An unconfigured connection has no endpoint, so it can have no token either.
const unconfigured = `
  edit             | unconfigured
  delete           | unconfigured
  configure        | configured
  generateToken    | action_not_allowed
  revealToken      | action_not_allowed
  rotateToken      | action_not_allowed
  changeAuth       | action_not_allowed
  endGrace         | action_not_allowed
  removeToken      | action_not_allowed
  activate         | action_not_allowed
  deactivate       | action_not_allowed
  hold             | action_not_allowed
  release          | action_not_allowed
  openHandshake    | action_not_allowed
  confirmHandshake | action_not_allowed
  closeHandshake   | action_not_allowed
  test             | action_not_allowed
  deconfigure      | same`;

const configured = `
  edit             | configured         | configured         | configured         | configured         | configured
  delete           | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed
  configure        | configured         | configured         | configured         | configured         | configured
  generateToken    | configured         | token_exists       | token_exists       | configured         | token_exists
  revealToken      | token_required     | configured         | configured         | token_required     | configured
  rotateToken      | token_required     | configured         | configured         | token_required     | configured
  changeAuth       | token_required     | configured         | configured         | token_required     | configured
  endGrace         | same               | same               | configured         | same               | same
  removeToken      | same               | configured         | configured         | same               | configured
  activate         | token_required     | active             | active             | active             | active
  deactivate       | same               | same               | same               | same               | same
  hold             | configured         | configured         | configured         | configured         | same
  release          | same               | same               | same               | same               | configured
  openHandshake    | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed
  confirmHandshake | nothing_delivered  | nothing_delivered  | nothing_delivered  | nothing_delivered  | nothing_delivered
  closeHandshake   | same               | same               | same               | same               | same
  test             | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed
  deconfigure      | unconfigured       | token_exists       | token_exists       | unconfigured       | token_exists`;

// An active endpoint can lack a token only if the sender makes the secret. In the first column, the operator makes the secret,
// because the settings have changed since the activation.
const active = `
  edit             | active             | active             | active             | active             | active             | active             | active
  delete           | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed
  configure        | active             | active             | active             | active             | active             | active             | active
  generateToken    | active             | token_exists       | token_exists       | active             | token_exists       | active             | token_exists
  revealToken      | token_required     | active             | active             | token_required     | active             | token_required     | active
  rotateToken      | token_required     | active             | active             | token_required     | active             | token_required     | active
  changeAuth       | token_required     | active             | active             | token_required     | active             | token_required     | active
  endGrace         | same               | same               | active             | same               | same               | same               | same
  removeToken      | inactive           | inactive           | inactive           | inactive           | inactive           | inactive           | inactive
  activate         | same               | same               | same               | same               | same               | same               | same
  deactivate       | inactive           | inactive           | inactive           | inactive           | inactive           | inactive           | inactive
  hold             | active             | active             | active             | active             | same               | active             | active
  release          | same               | same               | same               | same               | active             | same               | same
  openHandshake    | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed | active             | active
  confirmHandshake | nothing_delivered  | nothing_delivered  | nothing_delivered  | nothing_delivered  | nothing_delivered  | nothing_delivered  | active
  closeHandshake   | same               | same               | same               | same               | same               | active             | active
  test             | active             | active             | active             | active             | active             | active             | active
  deconfigure      | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed`;

const inactive = `
  edit             | inactive           | inactive           | inactive           | inactive           | inactive           | inactive           | inactive
  delete           | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed
  configure        | inactive           | inactive           | inactive           | inactive           | inactive           | inactive           | inactive
  generateToken    | inactive           | token_exists       | token_exists       | inactive           | token_exists       | inactive           | token_exists
  revealToken      | token_required     | inactive           | inactive           | token_required     | inactive           | token_required     | inactive
  rotateToken      | token_required     | inactive           | inactive           | token_required     | inactive           | token_required     | inactive
  changeAuth       | token_required     | inactive           | inactive           | token_required     | inactive           | token_required     | inactive
  endGrace         | same               | same               | inactive           | same               | same               | same               | same
  removeToken      | same               | inactive           | inactive           | same               | inactive           | same               | inactive
  activate         | token_required     | active             | active             | active             | active             | active             | active
  deactivate       | same               | same               | same               | same               | same               | same               | same
  hold             | inactive           | inactive           | inactive           | inactive           | same               | inactive           | inactive
  release          | same               | same               | same               | same               | inactive           | same               | same
  openHandshake    | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed
  confirmHandshake | nothing_delivered  | nothing_delivered  | nothing_delivered  | nothing_delivered  | nothing_delivered  | nothing_delivered  | inactive
  closeHandshake   | same               | same               | same               | same               | same               | inactive           | inactive
  test             | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed | action_not_allowed
  deconfigure      | unconfigured       | token_exists       | token_exists       | unconfigured       | token_exists       | unconfigured       | token_exists`;

const offered: Record<Status, string[]> = {
  unconfigured: ['edit delete configure'],
  configured: [
    'edit configure generateToken hold deconfigure',
    'edit configure revealToken rotateToken changeAuth removeToken activate hold',
    'edit configure revealToken rotateToken changeAuth endGrace removeToken activate hold',
    'edit configure generateToken activate hold deconfigure',
    'edit configure revealToken rotateToken changeAuth removeToken activate release',
  ],
  active: [
    'edit configure generateToken removeToken deactivate hold test',
    'edit configure revealToken rotateToken changeAuth removeToken deactivate hold test',
    'edit configure revealToken rotateToken changeAuth endGrace removeToken deactivate hold test',
    'edit configure generateToken removeToken deactivate hold test',
    'edit configure revealToken rotateToken changeAuth removeToken deactivate release test',
    'edit configure generateToken removeToken deactivate hold openHandshake closeHandshake test',
    'edit configure revealToken rotateToken changeAuth removeToken deactivate hold openHandshake confirmHandshake closeHandshake test',
  ],
  inactive: [
    'edit configure generateToken hold deconfigure',
    'edit configure revealToken rotateToken changeAuth removeToken activate hold',
    'edit configure revealToken rotateToken changeAuth endGrace removeToken activate hold',
    'edit configure generateToken activate hold deconfigure',
    'edit configure revealToken rotateToken changeAuth removeToken activate release',
    'edit configure generateToken activate hold closeHandshake deconfigure',
    'edit configure revealToken rotateToken changeAuth removeToken activate hold confirmHandshake closeHandshake',
  ],
};

function situationsOf([status, table]: [string, string]): Situation[] {
  const rows = table
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  return offered[status as Status].map((actions, at) => ({
    status: status as Status,
    having: columns[at] ?? 'no token',
    cells: Object.fromEntries(rows.map(([verb = '', ...cells]) => [verb, cells[at] ?? ''])) as Record<Verb, string>,
    offered: actions,
  }));
}

export const situations: Situation[] = Object.entries({ unconfigured, configured, active, inactive }).flatMap(
  situationsOf,
);

/** True if a cell names the verb's new status. */
export const leads = (cell: string): boolean => ['unconfigured', 'configured', 'active', 'inactive'].includes(cell);
