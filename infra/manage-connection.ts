import { Duration } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { DryRunTransform } from './dry-run-transform.ts';
import { HooklatchFunction } from './function.ts';
import type { SharedResources } from './shared-resources.ts';

export interface ManageConnectionProps extends Pick<SharedResources, 'state' | 'secrets'> {
  publicUrl: string;
  /** The URLs at which this deployment is reached. No destination may be there. */
  ownUrls: readonly string[];
  /** Ranges of private addresses at which destinations may be. */
  allowPrivate: readonly string[];
  dryRunTransform: DryRunTransform;
}

/**
 * Creates, updates and deletes the connections and destinations that are resources of a stack. Whoever may invoke the function can change
 * all of them, as an admin can.
 */
export class ManageConnection extends HooklatchFunction {
  constructor(scope: Construct, props: ManageConnectionProps) {
    const { state, secrets, publicUrl, ownUrls, allowPrivate, dryRunTransform } = props;
    super(scope, 'manage-connection', {
      // The function repeats what failed for half a minute.
      timeout: Duration.minutes(2),
    });
    state.grantManageByStack(this);
    secrets.grantManageByStack(this);
    // The expressions of routes are checked.
    dryRunTransform.grantInvoke(this);
    this.setVariable('PUBLIC_URL', publicUrl);
    this.setVariable('OWN_URLS', ownUrls.join(','));
    if (allowPrivate.length > 0) this.setVariable('ALLOW_PRIVATE', allowPrivate.join(','));
  }

  get functionArn(): string {
    return this.handler.functionArn;
  }

  /** The role of the function. Connections and destinations add the right to read the secrets that they name. */
  get role(): IRole {
    const { role } = this.handler;
    if (!role) throw new Error('the function that manages connections has no role');
    return role;
  }
}
