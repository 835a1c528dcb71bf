/** Reads the values of an endpoint's secret. */
import { secretNameOf } from '../../endpoints/credential/secret-name.ts';
import type { SecretStore } from '../../endpoints/credential/secret-store.ts';
import type { Connection } from '../../endpoints/endpoint/connection.ts';
import { type Endpoint, isLiveToken, type Token } from '../../endpoints/endpoint/endpoint-record.ts';
import type { StateTable } from '../../endpoints/endpoint/state-table.ts';
import { liveValueOf, type ValueHistory } from '../../endpoints/endpoint/token-reuse.ts';
import { secretsNamedBy } from '../journal/history.ts';
import type { OperationContext } from './operation.ts';
import { conflict, requireConnection } from './update-connection.ts';

interface ReadPorts {
  store: Pick<StateTable, 'readConnection'>;
  secretStore: Pick<SecretStore, 'read'>;
}

/**
 * Runs `work` with a secret that a record names. If `work` fails because another request removed the secret, the verb
 * is superseded.
 * @throws as `work` does, if the record still names the secret
 */
export async function onSecret<T>(
  name: string,
  secret: string,
  context: OperationContext,
  ports: Pick<ReadPorts, 'store'>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const connection = await requireConnection(name, ports);
    if (secretsNamedBy(connection).has(secretNameOf(secret))) throw error;
    throw conflict({ code: 'superseded' }, connection, context);
  }
}

/** What counts if a connection has no endpoint. */
const noEndpoint: Pick<Endpoint, 'id' | 'tokens' | 'secret' | 'bearers'> = { id: '', tokens: [] };

/** The values of a connection's endpoint, live and past. */
export async function pastOf(
  connection: Connection,
  context: OperationContext,
  ports: ReadPorts,
): Promise<ValueHistory> {
  const { id, secret = '', bearers = [], tokens } = connection.endpoint ?? noEndpoint;
  const read = async (token: Token) => liveValueOf(connection, token, await ports.secretStore.read(secret, token.id));
  const readAll = () => Promise.all(tokens.filter((token) => isLiveToken(token, context.now)).map(read));
  const live = tokens.length === 0 ? [] : await onSecret(connection.name, secret, context, ports, readAll);
  return { endpointId: id, bearers, live };
}
