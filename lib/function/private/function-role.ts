import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AppBucket } from '../../private/app-bucket';

/**
 * A function's own role. What it may do stands in the role itself, not in a policy resource beside it: one resource less
 * for each function, and nothing that another construct could attach to. Grants of any L2 still arrive here.
 */
export class FunctionRole extends iam.Role {
  private readonly document: iam.PolicyDocument;

  constructor(scope: Construct, id: string) {
    const document = new iam.PolicyDocument({ minimize: true });
    super(scope, id, {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { Access: document },
    });
    this.document = document;
  }

  override addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    // A role that refers to a bucket which notifies the role's function would be a cycle; see AppBucket.
    const resources = statement.resources.map((resource) =>
      AppBucket.withKnownNames(this, resource),
    );
    this.document.addStatements(resources.length === 0 ? statement : statement.copy({ resources }));
    return { statementAdded: true, policyDependable: this };
  }
}
