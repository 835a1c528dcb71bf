import type { Construct } from 'constructs';
import { HooklatchFunction, senderFunctionMemoryMb } from './function.ts';
import { countRejections } from './rejection-metric.ts';
import type { SharedResources } from './shared-resources.ts';

export interface AuthorizeProps extends Pick<SharedResources, 'stage' | 'state' | 'journal' | 'secrets'> {
  reservedConcurrency: number | undefined;
}

/** Decides for each webhook whether it may pass. */
export class Authorize extends HooklatchFunction {
  constructor(scope: Construct, { stage, state, journal, secrets, reservedConcurrency }: AuthorizeProps) {
    super(scope, 'authorize', {
      impact: 'Senders get a 500 and must repeat their webhooks: nobody can decide whether a webhook may pass.',
      memoryMb: senderFunctionMemoryMb,
      reservedConcurrency,
    });
    state.grantRead(this);
    secrets.grantReadTokens(this);
    journal.grant(this, { UpdateItem: ['rejections'] });
    countRejections(this, stage);
  }
}
