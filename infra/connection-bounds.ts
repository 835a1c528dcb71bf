/** Refuses props of a connection that the API would refuse during the deployment: both have the same schemas. */
import type { Construct } from 'constructs';
import * as z from 'zod/mini';
import { routeModes } from '../shared/deliveries/route/routes.ts';
import { newConnectionSchema } from '../shared/endpoints/endpoint/connection-request.ts';
import { managedStatusSchema } from '../shared/endpoints/endpoint/managed-properties.ts';
import { settingsSchema } from '../shared/endpoints/settings/settings.ts';
import { adviceText, apiWords } from '../shared/ground/base/advice.ts';
import type { Advice } from '../shared/ground/base/advice-schema.ts';
import { validationMessage } from '../shared/ground/base/validation-message.ts';
import { isUnknown } from './unknown-value.ts';
import type { WebhookConnectionProps } from './webhook-connection-props.ts';

const schemas = () => ({
  ...newConnectionSchema.shape,
  status: managedStatusSchema,
  routeMode: z.enum(routeModes),
  ...settingsSchema.shape,
});

/**
 * Checks the props of a connection. Leaves out what only CloudFormation knows.
 * @throws an error that begins with the path of the connection, and names the prop and what is wrong with it
 */
export function checkConnectionProps({ node: { path } }: Construct, props: WebhookConnectionProps): void {
  for (const [name, schema] of Object.entries(schemas())) {
    const value = props[name as keyof WebhookConnectionProps];
    if ((value === undefined && name !== 'name') || isUnknown(value)) continue;
    const [issue] = schema.safeParse(value, { error: validationMessage }).error?.issues ?? [];
    if (issue) throw new Error(`${path}: ${[name, ...issue.path].join('.')} ${messageOf(issue)}`);
  }
}

/** The author of an app has a type in the place of a route of the API. */
const words = { ...apiWords, listProviders: 'ProviderId lists them' };

/** The message of the schema, which the API has too, in the words of a CDK app. */
function messageOf({ message, ...issue }: z.core.$ZodIssue): string {
  const [advice]: Advice[] = ('params' in issue && issue.params?.['facts']) || [];
  return advice ? adviceText(advice, words) : message;
}
