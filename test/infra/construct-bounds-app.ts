/**
 * Makes a gateway or a connection with each of the props that `construct-bounds.test.ts` gives. Prints the message of each error as
 * JSON, or null if there is none. What is refused is refused before anything is made, so this takes a moment.
 */
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { WebhookConnection } from '../../infra/webhook-connection.ts';
import { WebhookGateway } from '../../infra/webhook-gateway.ts';

const certificateArn = 'arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef';

/** Values that a table in JSON can't have: what only CloudFormation knows, and a certificate. */
function special(stack: Stack, props: object): object {
  const unknown = () => new CfnParameter(stack, `Parameter${stack.node.children.length}`).valueAsString;
  const read = (_: string, value: unknown) => (value === '{unknown}' ? unknown() : value);
  const copy = JSON.parse(JSON.stringify(props), read);
  if ('domain' in copy) copy.domain.certificate = Certificate.fromCertificateArn(stack, 'Certificate', certificateArn);
  return copy;
}

function errorOf(kind: string, props: object): string | null {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  const stack = new Stack(app, 'hooks');
  try {
    if (kind === 'gateway') new WebhookGateway(stack, 'Gateway', { stage: 'dev', ...special(stack, props) });
    else {
      const gateway = WebhookGateway.fromAttributes(stack, 'Gateway', {
        manageConnectionFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:hooklatch-prod-manage-AbC',
        manageConnectionRoleArn: 'arn:aws:iam::123456789012:role/hooklatch-prod-manage-DeF',
      });
      new WebhookConnection(stack, 'Orders', { gateway, name: 'orders', ...special(stack, props) });
    }
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

const cases: [string, object][] = JSON.parse(process.argv[2] ?? '[]');
console.log(JSON.stringify(cases.map(([kind, props]) => errorOf(kind, props))));
