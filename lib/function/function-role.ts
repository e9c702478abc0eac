import { PhysicalName } from 'aws-cdk-lib';
import { Lazy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { AppBucket } from '../storage/app-bucket';

const STATEMENT_CHARACTERS = 50;
const ARN_CHARACTERS = 150;

/**
 * A function's own role. What it may do stands in the role itself, not in a policy resource beside it: one resource less
 * for each function, and nothing that another construct could attach to. Grants of any L2 still arrive here.
 */
export class FunctionRole extends iam.Role {
  /** What it may do with every resource, and what stands for more than one action. */
  readonly broadActions = new Set<string>();

  private readonly document: iam.PolicyDocument;
  private readonly added: iam.PolicyStatement[] = [];
  private readonly declared = new Set<iam.PolicyStatement>();
  private characters = 0;

  constructor(scope: Construct, id: string) {
    const document = new iam.PolicyDocument({ minimize: true });
    super(scope, id, {
      // A resource of another account names the role in its own policy, so the name must be known before the role exists.
      roleName: PhysicalName.GENERATE_IF_NEEDED,
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { Access: document },
    });
    this.document = document;
  }

  /** Replaces what names a bucket in a way that only the finished template shows. */
  knowBuckets(): void {
    const resource = this.node.defaultChild as iam.CfnRole | undefined; // none where the user customizes roles
    if (resource !== undefined) {
      const { policies } = resource;
      resource.policies = Lazy.uncachedAny({
        produce: (context) => AppBucket.withDeterministicValues(this, context.resolve(policies)),
      });
    }
  }

  /** What the role may do, as it was granted. */
  get statements(): readonly iam.PolicyStatement[] {
    return this.added;
  }

  /** What was granted outside of `declaring`: by the CDK's own methods, such as `table.grantReadData(fn)`. */
  get undeclared(): readonly iam.PolicyStatement[] {
    return this.added.filter((statement) => !this.declared.has(statement));
  }

  /** Runs code that grants what the model of the function says anyway: an access, a trigger, a failure destination. */
  declaring<T>(grant: () => T): T {
    const before = this.added.length;
    const result = grant();
    this.added.slice(before).forEach((statement) => this.declared.add(statement));
    return result;
  }

  /** About how long the policy is, without resolving it: a little more than it will be. */
  get roughSize(): number {
    return this.characters;
  }

  override addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    this.characters +=
      STATEMENT_CHARACTERS +
      statement.actions.join('","').length +
      statement.resources.length * ARN_CHARACTERS;
    const { actions, resources } = statement;
    const broad = resources.includes('*') ? actions : actions.filter((one) => one.includes('*'));
    broad.forEach((action) => this.broadActions.add(action));
    const known = withDeterministicNames(this, statement);
    this.added.push(known);
    this.document.addStatements(known);
    return { statementAdded: true, policyDependable: this };
  }
}

/** A role of the user's, which gets its statements in the same form as a function's own. */
export class DeterministicNamesPrincipal implements iam.IPrincipal {
  readonly assumeRoleAction: string;
  readonly policyFragment: iam.PrincipalPolicyFragment;
  readonly principalAccount?: string;

  constructor(
    private readonly scope: IConstruct,
    private readonly role: iam.IRole,
  ) {
    this.assumeRoleAction = role.assumeRoleAction;
    this.policyFragment = role.policyFragment;
    this.principalAccount = role.principalAccount;
  }

  get grantPrincipal(): iam.IPrincipal {
    return this;
  }

  addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    return this.role.addToPrincipalPolicy(withDeterministicNames(this.scope, statement));
  }
}

/** A role that refers to a bucket which notifies the role's function would be a cycle; see AppBucket. */
function withDeterministicNames(
  scope: IConstruct,
  statement: iam.PolicyStatement,
): iam.PolicyStatement {
  if (statement.resources.length === 0) {
    return statement;
  }
  const given = statement.resources;
  const resources = given.map((text) => AppBucket.withDeterministicNames(scope, text));
  // A copy takes as much as all else of a grant, and hardly ever is there something to replace.
  return resources.every((text, i) => text === given[i])
    ? statement
    : statement.copy({ resources });
}
