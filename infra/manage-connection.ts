import { Duration } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { HooklatchFunction } from './function.ts';
import type { SharedResources } from './shared-resources.ts';

export interface ManageConnectionProps extends Pick<SharedResources, 'state' | 'secrets'> {
  publicUrl: string;
}

/**
 * Creates, updates and deletes the connections that are resources of a stack. Whoever may invoke the function can change
 * every connection, as an admin can.
 */
export class ManageConnection extends HooklatchFunction {
  constructor(scope: Construct, { state, secrets, publicUrl }: ManageConnectionProps) {
    super(scope, 'manage-connection', {
      impact: 'Deployments that change connections fail or wait. Webhooks are still accepted.',
      // The function repeats what failed for half a minute.
      timeout: Duration.minutes(2),
    });
    state.grantChangeWithSecrets(this);
    state.grantRemove(this);
    secrets.grantChangeTokens(this);
    this.setVariable('publicUrl', publicUrl);
  }

  get functionArn(): string {
    return this.handler.functionArn;
  }

  /** The role of the function. Connections add the right to read the secrets that they name. */
  get role(): IRole {
    const { role } = this.handler;
    if (!role) throw new Error('the function that manages connections has no role');
    return role;
  }
}
