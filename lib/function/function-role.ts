import { PhysicalName } from 'aws-cdk-lib';
import { Lazy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { AppBucket } from '../storage/app-bucket';

const STATEMENT_CHARACTERS = 50;
const ARN_CHARACTERS = 150;

/**
 * The execution role of one function. Its permissions are an inline policy of the role, not a policy resource: one fewer resource per
 * function, and no policy that another construct could attach to. Grants by any L2 construct are added to it as well.
 */
export class FunctionRole extends iam.Role {
  /** The actions that need `*`, and the wildcards in actions. */
  readonly broadActions = new Set<string>();

  private readonly document: iam.PolicyDocument;
  private readonly added: iam.PolicyStatement[] = [];
  private readonly declared = new Set<iam.PolicyStatement>();
  private readonly apart = new Map<string, iam.Policy>();
  private characters = 0;

  constructor(scope: Construct, id: string) {
    const document = new iam.PolicyDocument({ minimize: true });
    super(scope, id, {
      // The policy of a resource in another account names the role, so the name must be known before the role exists.
      roleName: PhysicalName.GENERATE_IF_NEEDED,
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { Access: document },
    });
    this.document = document;
  }

  /** Replaces references to a bucket that only appear in the finished template. */
  knowBuckets(): void {
    const resource = this.node.defaultChild as iam.CfnRole | undefined; // Undefined if the user customizes roles.
    if (resource !== undefined) {
      const { policies } = resource;
      resource.policies = Lazy.uncachedAny({
        produce: (context) => AppBucket.withDeterministicValues(this, context.resolve(policies)),
      });
    }
  }

  /** The statements of the role as granted. */
  get statements(): readonly iam.PolicyStatement[] {
    return this.added;
  }

  /** The statements granted outside of `declaring`: by the CDK's own methods, such as `table.grantReadData(fn)`. */
  get undeclared(): readonly iam.PolicyStatement[] {
    return this.added.filter((statement) => !this.declared.has(statement));
  }

  /** Runs code whose grants the function's model contains anyway: an access, a trigger, a failure destination. */
  declaring<T>(grant: () => T): T {
    const before = this.added.length;
    const result = grant();
    this.added.slice(before).forEach((statement) => this.declared.add(statement));
    return result;
  }

  /**
   * Puts all later statements about a resource into a separate policy resource, next to the role. Use it for a resource that refers to
   * the function: the function refers to its role, so the role must not refer to that resource.
   *
   * @returns false if the role already has such a statement
   */
  keepApart(arn: string, scope: Construct): boolean {
    if (this.added.some(({ resources }) => resources.includes(arn)) && !this.apart.has(arn)) {
      return false;
    }
    if (!this.apart.has(arn)) {
      const policy = new iam.Policy(scope, `Access${this.apart.size + 1}`, { roles: [this] });
      this.apart.set(arn, policy);
    }
    return true;
  }

  /** An upper estimate of the policy's length, without resolving it. */
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
    const apart = known.resources.map((one) => this.apart.get(one)).find((it) => it !== undefined);
    if (apart !== undefined) {
      apart.addStatements(known);
      return { statementAdded: true, policyDependable: apart };
    }
    this.document.addStatements(known);
    return { statementAdded: true, policyDependable: this };
  }
}

/** The user's own role, which receives its statements in the same form as a function's own role. */
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

/** A role that refers to a bucket which notifies the role's function would be a circular dependency; see AppBucket. */
function withDeterministicNames(
  scope: IConstruct,
  statement: iam.PolicyStatement,
): iam.PolicyStatement {
  if (statement.resources.length === 0) {
    return statement;
  }
  const given = statement.resources;
  const resources = given.map((text) => AppBucket.withDeterministicNames(scope, text));
  // Copying costs as much as the rest of a grant, and there is rarely anything to replace.
  return resources.every((text, i) => text === given[i])
    ? statement
    : statement.copy({ resources });
}
