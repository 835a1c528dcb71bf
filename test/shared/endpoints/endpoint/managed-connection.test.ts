/** The steps of each request of a stack, in a table written by hand. */
import { expect, test } from '@jest/globals';
import { type Connection, newConnection, nextVersion } from '../../../../shared/endpoints/endpoint/connection.ts';
import type { Endpoint } from '../../../../shared/endpoints/endpoint/endpoint-record.ts';
import type { ManagedBy } from '../../../../shared/endpoints/endpoint/managed-by.ts';
import { type ManagedProperties, planManaged } from '../../../../shared/endpoints/endpoint/managed-connection.ts';
import type { NamedAuth as Auth } from '../../../../shared/endpoints/settings/auth.ts';
import { tokenGuard } from './given-record.ts';

const resource = {
  kind: 'stack' as const,
  stackId: 'arn:aws:cloudformation:eu-central-1:123456789012:stack/shop/1',
  logicalId: 'Orders',
};
const token = { id: 't1', createdAt: '2026-03-01T12:00:00.000Z', createdBy: 'op_1', holds: 'bearer' } as const;
const secretArn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:source-AbCdEf';
const auth: Auth = { kind: 'token', accept: [{ in: 'query', name: 'key' }] };

const wanted: ManagedProperties = {
  name: 'orders',
  provider: 'generic',
  description: '',
  settings: { retentionDays: 7 },
  status: 'active',
  token: 'generate',
  adopt: false,
};

interface Given extends Partial<Endpoint> {
  id?: string;
  provider?: string;
  description?: string;
  managedBy?: ManagedBy | undefined;
  unconfigured?: boolean;
}

/** The record `orders`, by default as `wanted` says and managed by the resource. */
function record({ id = 'c1', provider = 'generic', description = '', unconfigured, ...given }: Given = {}): Connection {
  const { managedBy = 'managedBy' in given ? undefined : resource, ...endpoint } = given;
  const actor = { by: 'op_1', now: new Date('2026-03-01T12:00:00.000Z') };
  const opened = newConnection({ name: 'orders', provider, description }, id, actor, managedBy);
  const configured: Endpoint = {
    id: 'e1',
    status: 'active',
    settings: { retentionDays: 7 },
    guard: tokenGuard,
    tokens: [token],
    ...endpoint,
  };
  return unconfigured ? opened : nextVersion(opened, { endpoint: configured }, opened.entry);
}

const create = (changes: Partial<ManagedProperties>, found?: Connection) =>
  planManaged({ type: 'Create', resource, newId: 'n1', properties: { ...wanted, ...changes } }, found);

const update = (from: Partial<ManagedProperties>, to: Partial<ManagedProperties>, found?: Connection) =>
  planManaged(
    {
      type: 'Update',
      resource,
      newId: 'n1',
      physicalId: 'c1',
      oldProperties: { ...wanted, ...from },
      properties: { ...wanted, ...to },
    },
    found,
  );

const remove = (found?: Connection) =>
  planManaged({ type: 'Delete', resource, newId: 'n1', physicalId: 'c1', properties: wanted }, found);

const steps = (id: string, ...made: object[]) => ({ kind: 'steps', id, steps: made });
const verb = (name: string) => ({ verb: name });
const configure = (settings: object) => ({ verb: 'configure', settings });
const refused = (code: string) => ({ kind: 'refused', code });

const stranger: ManagedBy = { ...resource, stackId: 'arn:aws:cloudformation:eu-central-1:123456789012:stack/other/2' };
const sibling: ManagedBy = { ...resource, logicalId: 'Orders2' };

test.each<[string, unknown, unknown]>([
  [
    'nothing is there',
    create({}),
    steps('n1', verb('create'), configure({ retentionDays: 7 }), verb('generateToken'), verb('activate')),
  ],
  [
    'it stays inactive',
    create({ status: 'inactive', settings: {}, token: undefined }),
    steps('n1', verb('create'), configure({})),
  ],
  [
    'the value is in a secret',
    create({ settings: {}, token: { secretArn } }),
    steps('n1', verb('create'), configure({}), { verb: 'adoptToken', secretArn }, verb('activate')),
  ],
  [
    'the first attempt stopped after the creation',
    create({ token: undefined }, record({ id: 'n1', unconfigured: true })),
    steps('n1', configure({ retentionDays: 7 }), verb('activate')),
  ],
  [
    'the first attempt stopped before the activation',
    create({}, record({ id: 'n1', status: 'configured' })),
    steps('n1', verb('activate')),
  ],
  ['the first attempt was complete', create({}, record({ id: 'n1' })), steps('n1')],
  ['an operator made one of this name', create({}, record({ managedBy: undefined })), refused('exists')],
  ['another stack made one of this name', create({}, record({ managedBy: stranger })), refused('exists')],
  ['this resource made one of this name before, which was kept', create({}, record()), refused('exists')],
])('creation when %s', (_, plan, expected) => expect(plan).toEqual(expected));

const adopt = { adopt: true };
test.each<[string, unknown, unknown]>([
  ['has all that is wanted', create(adopt, record({ managedBy: undefined })), steps('c1', verb('adopt'))],
  ['is of another stack', create(adopt, record({ managedBy: stranger })), steps('c1', verb('adopt'))],
  ['is of another resource of the stack', create(adopt, record({ managedBy: sibling })), steps('c1', verb('adopt'))],
  ['is of a file', create(adopt, record({ managedBy: { kind: 'file', name: 'shop' } })), refused('managed_by_file')],
  [
    'was adopted by the first attempt',
    create(adopt, record({ managedBy: { ...resource, adopted: true } })),
    steps('c1'),
  ],
  [
    'differs',
    create(
      { ...adopt, description: 'Shop' },
      record({ managedBy: undefined, settings: { methods: ['PUT'] }, status: 'inactive', tokens: [] }),
    ),
    steps(
      'c1',
      { verb: 'edit', description: 'Shop' },
      configure({ retentionDays: 7 }),
      verb('generateToken'),
      verb('activate'),
      verb('adopt'),
    ),
  ],
  [
    'has a description, and the template names none',
    create(adopt, record({ managedBy: undefined, description: 'Ours' })),
    steps('c1', verb('adopt')),
  ],
  [
    'is active and shall not be',
    create({ ...adopt, status: 'inactive' }, record({ managedBy: undefined })),
    steps('c1', verb('deactivate'), verb('adopt')),
  ],
  [
    'has another provider',
    create(adopt, record({ managedBy: undefined, provider: 'github' })),
    refused('provider_fixed'),
  ],
  [
    'does not exist',
    create({ ...adopt, settings: {}, token: undefined, status: 'inactive' }),
    steps('n1', verb('create'), configure({})),
  ],
])('adoption of a connection that %s', (_, plan, expected) => expect(plan).toEqual(expected));

const changed = { settings: { retentionDays: 8 } };
test.each<[string, unknown, unknown]>([
  ['changes a setting', update({}, changed, record()), steps('c1', configure({ retentionDays: 8 }))],
  ['drops a setting', update({}, { settings: {} }, record()), steps('c1', configure({ retentionDays: null }))],
  ['changes what is so already', update({}, changed, record({ settings: { retentionDays: 8 } })), steps('c1')],
  [
    'changes a setting beside an operator’s',
    update({}, changed, record({ settings: { retentionDays: 3, methods: ['PUT'] } })),
    steps('c1', configure({ retentionDays: 8 })),
  ],
  [
    'changes a setting of one that an operator closed',
    update({}, changed, record({ status: 'inactive' })),
    steps('c1', configure({ retentionDays: 8 })),
  ],
  [
    'changes a setting of one that an operator deconfigured',
    update({}, changed, record({ unconfigured: true })),
    steps('c1'),
  ],
  [
    'changes only the text of one that an operator deconfigured',
    update({}, { description: 'Shop' }, record({ unconfigured: true })),
    steps('c1', { verb: 'edit', description: 'Shop' }),
  ],
  [
    'opens one that an operator deconfigured',
    update({ status: 'inactive' }, {}, record({ unconfigured: true })),
    steps('c1', configure({ retentionDays: 7 }), verb('generateToken'), verb('activate')),
  ],
  ['opens', update({ status: 'inactive' }, {}, record({ status: 'inactive' })), steps('c1', verb('activate'))],
  [
    'opens one whose token an operator removed',
    update({ status: 'inactive' }, {}, record({ status: 'inactive', tokens: [] })),
    steps('c1', verb('generateToken'), verb('activate')),
  ],
  [
    'opens one that has a token, which an operator may have replaced',
    update({ status: 'inactive', token: { secretArn } }, { token: { secretArn } }, record({ status: 'inactive' })),
    steps('c1', verb('activate')),
  ],
  ['opens one that an operator opened', update({ status: 'inactive' }, {}, record()), steps('c1')],
  [
    'closes, and changes a setting',
    update({}, { ...changed, status: 'inactive' }, record()),
    steps('c1', verb('deactivate'), configure({ retentionDays: 8 })),
  ],
  [
    'closes one that an operator closed',
    update({}, { status: 'inactive' }, record({ status: 'inactive' })),
    steps('c1'),
  ],
  [
    'drops the description',
    update({ description: 'Shop' }, {}, record({ description: 'Shop' })),
    steps('c1', { verb: 'edit', description: '' }),
  ],
  [
    'keeps the description that an operator wrote',
    update({ description: 'Shop' }, { description: 'Shop' }, record({ description: 'Ours' })),
    steps('c1'),
  ],
  [
    'writes the description that an operator wrote before',
    update({}, { description: 'Shop' }, record({ description: 'Shop' })),
    steps('c1'),
  ],
  ['asks for a token where one is', update({ token: undefined }, {}, record()), steps('c1')],
  [
    'asks for a token where none is',
    update({ token: undefined }, {}, record({ tokens: [] })),
    steps('c1', verb('generateToken')),
  ],
  [
    'keeps asking for a token that an operator removed',
    update({}, changed, record({ tokens: [] })),
    steps('c1', configure({ retentionDays: 8 })),
  ],
  ['names a secret', update({}, { token: { secretArn } }, record()), steps('c1', { verb: 'adoptToken', secretArn })],
  [
    'names the same secret',
    update({ token: { secretArn } }, { token: { secretArn }, ...changed }, record()),
    steps('c1', configure({ retentionDays: 8 })),
  ],
  ['no longer names a secret', update({ token: { secretArn } }, { token: undefined }, record()), steps('c1')],
  [
    'changes auth and names a secret',
    update({}, { token: { secretArn }, settings: { retentionDays: 7, auth } }, record()),
    steps('c1', { verb: 'configure', settings: { auth }, secretArn }),
  ],
  [
    'changes auth and names the first secret',
    update({}, { token: { secretArn }, settings: { retentionDays: 7, auth } }, record({ tokens: [] })),
    steps('c1', configure({ auth }), { verb: 'adoptToken', secretArn }),
  ],
  [
    'changes another setting and names a secret',
    update({}, { ...changed, token: { secretArn } }, record()),
    steps('c1', configure({ retentionDays: 8 }), { verb: 'adoptToken', secretArn }),
  ],
  ['changes adopt alone', update({}, adopt, record()), steps('c1')],
])('an update that %s', (_, plan, expected) => expect(plan).toEqual(expected));

const one = { routes: { list: '{"rules":[1]}', destinationIds: ['dst_1'] } };
const two = { routes: { list: '{"rules":[2]}', destinationIds: ['dst_1'] } };
const oneAnew = { routes: { list: '{"rules":[1]}', destinationIds: ['dst_2'] } };
const setOne = { verb: 'setRoutes', list: '{"rules":[1]}' };
const routed = (given: Given = {}) => ({ ...record(given), routes: 'a version' });
test.each<[string, unknown, unknown]>([
  ['names the first rules', update({}, one, record()), steps('c1', setOne)],
  ['names other rules', update(two, one, routed()), steps('c1', setOne)],
  ['leads the same rules to another destination of the same name', update(one, oneAnew, routed()), steps('c1', setOne)],
  [
    'names the same rules, and changes a setting',
    update(one, { ...one, ...changed }, routed()),
    steps('c1', configure({ retentionDays: 8 })),
  ],
  [
    'keeps naming rules that an operator removed',
    update(one, { ...one, ...changed }, record()),
    steps('c1', configure({ retentionDays: 8 })),
  ],
  [
    'keeps naming no rules, where an operator set some',
    update({}, changed, routed()),
    steps('c1', configure({ retentionDays: 8 })),
  ],
  ['no longer names rules', update(one, {}, routed()), steps('c1', verb('setRoutes'))],
  ['no longer names rules that an operator removed', update(one, {}, record()), steps('c1')],
  [
    'opens one without rules',
    update({ ...one, status: 'inactive' }, one, record({ status: 'inactive' })),
    steps('c1', setOne, verb('activate')),
  ],
  [
    'opens one with the rules of an operator',
    update({ ...one, status: 'inactive' }, one, routed({ status: 'inactive' })),
    steps('c1', verb('activate')),
  ],
  ['names rules for one that an operator deconfigured', update({}, one, record({ unconfigured: true })), steps('c1')],
  ['returns to an earlier name', update({ name: 'earlier' }, one, routed({ id: 'c0' })), steps('c0', setOne)],
])('an update that %s', (_, plan, expected) => expect(plan).toEqual(expected));

const github = { provider: 'github' };
test.each<[string, unknown, unknown]>([
  ['of a connection that is gone', update({}, changed), refused('gone')],
  ['to another provider', update({}, github, record()), refused('provider_fixed')],
  ['back from another provider that was refused', update(github, {}, record()), steps('c1')],
  ['of another stack’s connection', update({}, changed, record({ managedBy: stranger })), refused('not_managed')],
  ['of a detached connection', update({}, changed, record({ managedBy: undefined })), refused('not_managed')],
  [
    'of a connection that was made again',
    update({}, changed, record({ id: 'c2', managedBy: undefined })),
    refused('not_managed'),
  ],
  ['of a connection that this resource made again', update({}, changed, record({ id: 'c2' })), refused('not_managed')],
  [
    'of another stack’s connection that is so already',
    update({}, changed, record({ managedBy: stranger, settings: { retentionDays: 8 } })),
    steps('c1'),
  ],
  [
    'that takes over another stack’s connection',
    update({}, { ...changed, ...adopt }, record({ id: 'c2', managedBy: stranger })),
    steps('c2', configure({ retentionDays: 8 }), verb('adopt')),
  ],
  [
    'that goes on taking over, after everything else was done',
    update({}, { ...changed, ...adopt }, record({ id: 'c2', managedBy: undefined, settings: { retentionDays: 8 } })),
    steps('c2', verb('adopt')),
  ],
  [
    'that takes over what is so already',
    update({}, adopt, record({ id: 'c2', managedBy: stranger })),
    steps('c2', verb('adopt')),
  ],
  [
    'that would take over a file’s, which is so already',
    update({}, adopt, record({ managedBy: { kind: 'file', name: 'shop' } })),
    steps('c1'),
  ],
])('an update %s', (_, plan, expected) => expect(plan).toEqual(expected));

const before = { name: 'earlier' };
test.each<[string, unknown, unknown]>([
  [
    'makes another connection',
    update(before, { settings: {}, token: undefined, status: 'inactive' }),
    steps('n1', verb('create'), configure({})),
  ],
  [
    'continues after a repeat',
    update(before, {}, record({ id: 'n1', status: 'configured' })),
    steps('n1', verb('activate')),
  ],
  [
    'is refused for the name of an operator’s connection',
    update(before, {}, record({ id: 'c2', managedBy: undefined })),
    refused('exists'),
  ],
  [
    'is refused for the name of a sibling’s connection',
    update(before, {}, record({ id: 'c2', managedBy: sibling })),
    refused('exists'),
  ],
  ['adopts', update(before, adopt, record({ id: 'c2', managedBy: undefined })), steps('c2', verb('adopt'))],
  ['returns to the connection that it left', update(before, {}, record({ id: 'c0' })), steps('c0')],
  [
    'returns to one that was closed meanwhile, and leaves it closed',
    update(before, {}, record({ id: 'c0', status: 'inactive' })),
    steps('c0'),
  ],
  [
    'returns to one with an earlier setting',
    update(before, changed, record({ id: 'c0' })),
    steps('c0', configure({ retentionDays: 8 })),
  ],
  [
    'returns to one whose operator has a setting that the other name’s template had too',
    update(
      { ...before, settings: { retentionDays: 7, methods: ['PUT'] } },
      {},
      record({ id: 'c0', settings: { retentionDays: 7, methods: ['PUT'] } }),
    ),
    steps('c0'),
  ],
  [
    'returns, and closes',
    update(before, { status: 'inactive' }, record({ id: 'c0' })),
    steps('c0', verb('deactivate')),
  ],
  [
    'returns to one that was opened meanwhile',
    update({ ...before, status: 'inactive' }, { status: 'inactive' }, record({ id: 'c0' })),
    steps('c0'),
  ],
  [
    'returns, never opens',
    update({ ...before, status: 'inactive' }, {}, record({ id: 'c0', status: 'inactive' })),
    steps('c0'),
  ],
  [
    'was refused, and returns to the connection of this name',
    update({ name: 'taken', ...changed }, {}, record()),
    steps('c1'),
  ],
  [
    'was refused, and an operator changed the connection of this name meanwhile',
    update({ name: 'taken' }, {}, record({ settings: { retentionDays: 3 } })),
    steps('c1'),
  ],
  [
    'was refused, and another stack adopted the connection of this name meanwhile',
    update({ name: 'taken' }, {}, record({ managedBy: stranger })),
    steps('c1'),
  ],
])('another name %s', (_, plan, expected) => expect(plan).toEqual(expected));

test.each<[string, unknown, unknown]>([
  [
    'active',
    remove(record()),
    steps('c1', verb('deactivate'), verb('removeToken'), verb('deconfigure'), verb('delete')),
  ],
  [
    'configured, without a token',
    remove(record({ status: 'configured', tokens: [] })),
    steps('c1', verb('deconfigure'), verb('delete')),
  ],
  ['unconfigured', remove(record({ unconfigured: true })), steps('c1', verb('delete'))],
  ['adopted', remove(record({ managedBy: { ...resource, adopted: true } })), steps('c1', verb('detach'))],
  ['held', remove(record({ hold: { id: 'h1', since: '2026-03-01T12:00:00.000Z' } })), refused('held')],
  ['gone', remove(), steps('c1')],
  ['another stack’s', remove(record({ managedBy: stranger })), steps('c1')],
  ['an operator’s', remove(record({ managedBy: undefined })), steps('c1')],
  ['a later one of the same name', remove(record({ id: 'c2' })), steps('c1')],
])('deletion of a connection that is %s', (_, plan, expected) => expect(plan).toEqual(expected));
