import { describe, expect, it } from '@jest/globals';
import type { ConnectionAnswer } from '../../../clients/console/connection/connection-record.ts';
import { whyDisabled, whyNotDeconfigure } from '../../../clients/console/connection/why-disabled.ts';
import { lifecycle, statuses, verbs } from '../../../shared/endpoints/endpoint/lifecycle.ts';

const record = (status: string, allowedActions: string[]) => ({ status, allowedActions }) as ConnectionAnswer;

describe('why a button is disabled', () => {
  it('nothing, if the API allows the verb', () => {
    expect(whyDisabled(record('active', ['deactivate']), 'connection_admin', 'deactivate')).toBeUndefined();
  });

  it.each([
    ['active', 'activate', 'The endpoint is active already.'],
    ['inactive', 'activate', 'The endpoint has no token. Generate one first.'],
    ['configured', 'test', 'Only an active endpoint can be tested. Activate it first.'],
    ['inactive', 'generateToken', 'The endpoint has a token. Rotate it to get another one.'],
    ['unconfigured', 'activate', 'There is no endpoint. Configure one first.'],
  ] as const)('in the status %s, %s: %s', (status, verb, reason) => {
    expect(whyDisabled(record(status, []), 'connection_admin', verb)).toBe(reason);
  });

  it('the role, for a flow designer', () => {
    expect(whyDisabled(record('active', []), 'flow_designer', 'deactivate')).toBe(
      'Only a connection admin can do this.',
    );
  });

  it('every verb that the lifecycle refuses has a reason of its own', () => {
    const refused = statuses.flatMap((status) =>
      verbs.filter((verb) => lifecycle[status][verb] === 'never').map((verb) => [status, verb] as const),
    );
    expect(refused.length).toBeGreaterThan(15);
    const unexplained = refused.filter(
      ([status, verb]) => whyDisabled(record(status, []), 'connection_admin', verb) === 'This is not possible now.',
    );
    expect(unexplained).toEqual([]);
  });
});

describe('why an endpoint can not be deconfigured', () => {
  it('nothing, if only the token must go first', () => {
    expect(whyNotDeconfigure(record('inactive', ['removeToken']), 'connection_admin')).toBeUndefined();
  });

  it('it is active', () => {
    const active = record('active', ['removeToken', 'deactivate']);
    expect(whyNotDeconfigure(active, 'connection_admin')).toBe('Deactivate the endpoint first.');
  });

  it('the role, for a flow designer', () => {
    expect(whyNotDeconfigure(record('inactive', []), 'flow_designer')).toBe('Only a connection admin can do this.');
  });
});
