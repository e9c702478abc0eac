import { Stack } from 'aws-cdk-lib';
import { resources } from './synth';

/** A statement of a policy, with the resource of the template that holds it. */
export interface Statement {
  readonly owner: string;
  readonly effect: string;
  readonly actions: string[];
  /** Each as the text of its JSON. */
  readonly resources: string[];
  readonly principal: unknown;
  readonly condition: unknown;
}

interface StatementJson {
  readonly Effect: string;
  readonly Action?: string | string[];
  readonly Resource?: unknown;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

/** All statements of a stack's identity policies: those of roles, and those beside them. */
export function identityStatements(stack: Stack): Statement[] {
  return Object.entries(resources(stack)).flatMap(([owner, { Type, Properties = {} }]) => {
    if (Type === 'AWS::IAM::Role') {
      const policies = (Properties.Policies ?? []) as { PolicyDocument: unknown }[];
      return policies.flatMap((policy) => statementsIn(owner, policy.PolicyDocument));
    }
    return Type === 'AWS::IAM::Policy' ? statementsIn(owner, Properties.PolicyDocument) : [];
  });
}

/** All statements of the policies of a stack's queues, buckets, tables and keys. */
export function resourceStatements(stack: Stack): Statement[] {
  return Object.entries(resources(stack)).flatMap(([owner, { Type, Properties = {} }]) =>
    ['AWS::SQS::QueuePolicy', 'AWS::S3::BucketPolicy'].includes(Type)
      ? statementsIn(owner, Properties.PolicyDocument)
      : [],
  );
}

/** The statements of the roles whose logical id contains a text. */
export function statementsOf(stack: Stack, role: string): Statement[] {
  return identityStatements(stack).filter((statement) => statement.owner.includes(role));
}

/** The actions that a role may do, in alphabetical order. */
export function actionsOf(stack: Stack, role: string): string[] {
  return [...new Set(statementsOf(stack, role).flatMap((statement) => statement.actions))].sort();
}

function statementsIn(owner: string, document: unknown): Statement[] {
  const { Statement } = document as { Statement: StatementJson[] };
  return Statement.map((statement) => ({
    owner,
    effect: statement.Effect,
    actions: [statement.Action ?? []].flat(),
    resources: [statement.Resource ?? []].flat().map((resource) => JSON.stringify(resource)),
    principal: statement.Principal,
    condition: statement.Condition,
  }));
}
