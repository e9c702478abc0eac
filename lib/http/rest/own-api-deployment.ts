import { CfnResource } from 'aws-cdk-lib';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import { Construct, IConstruct } from 'constructs';

/**
 * The deployment of the user's REST API. API Gateway serves changed methods only after a new deployment, so the name of the deployment
 * contains a hash of all that the app adds.
 *
 * An API of the same stack has its own deployment and stage. For an imported API the app makes a deployment, which moves the stage
 * to it. It is retained, because API Gateway does not delete a deployment that a stage uses.
 */
export class OwnApiDeployment {
  readonly stageName: string;

  private readonly deployment: apigw.Deployment;
  private readonly stage?: apigw.Stage;

  /** @param stageName the stage of an imported API */
  constructor(scope: Construct, api: apigw.IRestApi, stageName: string | undefined) {
    const { latestDeployment: own, deploymentStage: stage } = api;
    if (own !== undefined && stageName === undefined) {
      this.deployment = own;
      this.stage = stage;
      this.stageName = nameOf(stage);
      return;
    }
    this.stageName = stageName ?? '';
    this.deployment = new apigw.Deployment(scope, 'Deployment', {
      api,
      stageName,
      retainDeployments: true,
    });
  }

  /** The text by which a reference to the stage is recognized. */
  get stageReference(): string | undefined {
    return this.stage?.stageName;
  }

  /** Deploys a resource, and deploys again when its settings change. */
  include(resource: CfnResource, settings: object): void {
    this.deployment.node.addDependency(resource);
    this.deployment.addToLogicalId({ id: resource.logicalId, settings });
  }

  /** Lets the stage serve requests only when a resource exists. */
  after(resource: IConstruct): void {
    (this.stage ?? this.deployment).node.addDependency(resource);
  }
}

/** The name itself. The attribute refers to the stage, which depends on the functions. */
function nameOf(stage: apigw.Stage): string {
  const { stageName } = stage.node.defaultChild as apigw.CfnStage;
  return stageName ?? stage.stageName;
}
