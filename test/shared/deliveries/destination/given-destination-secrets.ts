import type { DestinationValue } from '../../../../shared/deliveries/destination/destination-value.ts';

interface Stored {
  versions: Map<string, DestinationValue>;
  current: string;
}

/** The secrets in memory, by their ARN. */
export function theSecrets() {
  const secrets = new Map<string, Stored>();
  const stored = (arn: string): Stored => {
    const found = secrets.get(arn);
    if (found) return found;
    throw Object.assign(new Error('there is no such secret'), { name: 'ResourceNotFoundException' });
  };
  const store = {
    async read(arn: string, id: string) {
      const value = stored(arn).versions.get(id);
      if (value) return structuredClone(value);
      throw new Error('there is no such version');
    },
    async create(name: string, id: string, value: DestinationValue) {
      const arn = `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${name}-AbCdEf`;
      secrets.set(arn, { versions: new Map([[id, value]]), current: id });
      return arn;
    },
    async putPending(arn: string, id: string, value: DestinationValue) {
      stored(arn).versions.set(id, value);
    },
    async markCurrent(arn: string, id: string) {
      stored(arn).current = id;
    },
  };
  return { secrets, store };
}
