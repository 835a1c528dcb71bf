import type { Construct } from 'constructs';
import { HooklatchFunction } from './function.ts';
import type { SharedResources } from './shared-resources.ts';

export type StoreDeliveredSecretProps = Pick<SharedResources, 'state' | 'secrets'>;

/** Stores the secret that a sender delivers in its handshake. */
export class StoreDeliveredSecret extends HooklatchFunction {
  constructor(scope: Construct, { state, secrets }: StoreDeliveredSecretProps) {
    super(scope, 'store-delivered-secret');
    state.grantChangeWithSecrets(this);
    secrets.grantStoreTokens(this);
  }

  grantInvoke(fn: HooklatchFunction): void {
    fn.setVariable('HANDSHAKE_FUNCTION', this.handler.functionName);
    fn.allow(['lambda:InvokeFunction'], this.handler.functionArn);
  }
}
