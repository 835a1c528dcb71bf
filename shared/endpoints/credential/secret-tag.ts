/** A tag of a secret, as Secrets Manager has it. */
export interface SecretTag {
  Key: string;
  Value: string;
}

/** The tag with the id of the deployment that made a secret. `shared/endpoints/endpoint/deployment-id.ts` explains the id. */
export const deploymentTag = 'hooklatch:deployment';
