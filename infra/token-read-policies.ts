/**
 * The rights to read the secrets that `fromSecret` of connections and destinations names. They are managed policies, because the inline
 * policies of a role may have only 10,240 characters together: about 45 secrets.
 */
import { Stack, Token } from 'aws-cdk-lib';
import { type IRole, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnSecret, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct, IConstruct, IDependable } from 'constructs';

/** IAM's limit for the characters of a managed policy. White space does not count. */
const maxCharacters = 6_144;

/** IAM's quota of managed policies for a role is 10. One of them allows the function to write its log. */
const maxPolicies = 9;

/** The longest beginning: `arn:aws-us-gov:secretsmanager:ap-southeast-1:123456789012:secret:`. */
const arnPrefixCharacters = 65;
/** CloudFormation adds a dash and 12 characters to a logical id, and Secrets Manager a dash and 6. */
const nameSuffixCharacters = 20;
/** What is assumed of an ARN that only CloudFormation knows. */
const unknownArnCharacters = 160;

/** A policy of both statements with no resource has 168 characters. */
const emptyPolicyCharacters = 168;

/**
 * The most characters that an ARN can have once CloudFormation knows it.
 * @param owner the construct whose ARN it is
 */
function longestArn(arn: string, owner: IConstruct): number {
  if (!Token.isUnresolved(arn)) return arn.length;
  const resource = owner.node.defaultChild;
  if (!(resource instanceof CfnSecret)) return unknownArnCharacters;
  const { name } = resource;
  if (name !== undefined && Token.isUnresolved(name)) return unknownArnCharacters;
  return arnPrefixCharacters + (name ?? Stack.of(resource).resolve(resource.logicalId)).length + nameSuffixCharacters;
}

/** An ARN in a policy, with the characters that it may need there: its own, two quotes and a comma. */
interface Entry {
  arn: string;
  characters: number;
}
const entryOf = (arn: string, owner: IConstruct): Entry => ({ arn, characters: longestArn(arn, owner) + 3 });

/** @throws if only a part of the ARN is known, because the function would need the right to read other secrets too */
export function completeArnOf({ secretFullArn }: ISecret): string {
  if (secretFullArn !== undefined) return secretFullArn;
  throw new Error(
    'fromSecret needs the complete ARN of the secret: use Secret.fromSecretCompleteArn, or a secret that this app makes',
  );
}

/** One managed policy. It is in the stack of its connections, which may be another one than the gateway's. */
class TokenReadPolicy extends ManagedPolicy {
  private readonly secrets = new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'] });
  private readonly keys = new PolicyStatement({ actions: ['kms:Decrypt'] });
  private readonly arns = new Set<string>();
  private characters = emptyPolicyCharacters;

  constructor(scope: Construct, id: string, role: IRole) {
    super(scope, id, {
      description: 'Hooklatch reads the secrets that connections and destinations name',
      roles: [role],
    });
    this.addStatements(this.secrets);
  }

  /**
   * Adds a secret and its key.
   * @returns whether there was room for them
   */
  add(secret: Entry, key: Entry | undefined): boolean {
    const isNew = ({ arn }: Entry) => !this.arns.has(arn);
    const added = [secret, ...(key ? [key] : [])].filter(isNew);
    const characters = added.reduce((sum, entry) => sum + entry.characters, this.characters);
    if (characters > maxCharacters) return false;
    this.characters = characters;
    for (const { arn } of added) this.arns.add(arn);
    if (added.includes(secret)) this.secrets.addResources(secret.arn);
    if (key && added.includes(key)) this.addKey(key.arn);
    return true;
  }

  private addKey(arn: string): void {
    if (this.keys.resources.length === 0) this.addStatements(this.keys);
    this.keys.addResources(arn);
  }
}

/** The policies of a gateway's function, in all stacks of the app. */
export class TokenReadPolicies {
  private readonly role: IRole;
  private readonly policies: TokenReadPolicy[] = [];
  private count = 0;

  constructor(role: IRole) {
    this.role = role;
  }

  /**
   * Allows reading exactly this secret.
   * @param scope the connection or destination that names the secret
   * @returns what it has to wait for
   * @throws if the role can't have another policy
   */
  allow(scope: Construct, secret: ISecret): IDependable {
    const stack = Stack.of(scope);
    const entry = entryOf(completeArnOf(secret), secret);
    const key = secret.encryptionKey && entryOf(secret.encryptionKey.keyArn, secret.encryptionKey);
    const own = this.policies.filter((policy) => policy.stack === stack);
    const found = own.find((policy) => policy.add(entry, key));
    this.count += 1;
    if (found) return found;
    const made = this.newPolicy(stack);
    if (!made.add(entry, key)) throw new Error('the ARN of a secret is longer than a policy may be');
    return made;
  }

  private newPolicy(stack: Stack): TokenReadPolicy {
    const at = this.policies.length;
    if (at === maxPolicies) {
      throw new Error(
        `fromSecret: the role of the gateway's function can read no more than the ${this.count - 1} secrets before this one. IAM allows it ${maxPolicies} more managed policies of ${maxCharacters} characters, and each stack needs its own. Use token.generate, let operators set tokens and credentials, or put connections and destinations of several stacks into one`,
      );
    }
    const policy = new TokenReadPolicy(stack, `ReadTokens${this.role.node.addr.slice(-8)}${at + 1}`, this.role);
    this.policies.push(policy);
    return policy;
  }
}
