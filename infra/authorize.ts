import type { Construct } from 'constructs';
import { HooklatchFunction, senderFunctionMemoryMb } from './function.ts';
import { checkOrigin } from './origin-check.ts';
import type { SharedResources } from './shared-resources.ts';

export interface AuthorizeProps extends Pick<SharedResources, 'state' | 'journal' | 'secrets'> {
  reservedConcurrency: number | undefined;
  /** SHA-256 of each live value of CloudFront's secret header. Empty without CloudFront. */
  originDigests: readonly string[];
}

/** Decides for each webhook whether it may pass. */
export class Authorize extends HooklatchFunction {
  constructor(scope: Construct, props: AuthorizeProps) {
    const { state, journal, secrets, reservedConcurrency, originDigests } = props;
    super(scope, 'authorize', {
      memoryMb: senderFunctionMemoryMb,
      reservedConcurrency,
    });
    state.grantRead(this);
    secrets.grantReadTokens(this);
    journal.grant(this, { UpdateItem: ['rejections', 'active'] });
    checkOrigin(this, originDigests);
  }
}
