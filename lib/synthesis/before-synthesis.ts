import { IAspect } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { addFreshness } from '../monitoring/freshness';
import { AppLambda } from '../function/private/app-lambda';
import { bundleFunctions } from '../bundling/bundled-code';
import { FunctionRole } from '../function/private/function-role';
import type { ServerlessApp } from '../app/serverless-app';
import { AppBucket } from '../storage/app-bucket';

/**
 * What is left to do once an app is declared, before the CDK resolves tokens and looks for what one stack needs of another.
 * In one aspect, since each takes its time at each construct.
 */
export class BeforeSynthesis implements IAspect {
  constructor(private readonly app: ServerlessApp) {}

  visit(node: IConstruct): void {
    this.app._monitoring.budget?.mark(node);
    if (node === this.app) {
      addFreshness(this.app);
      // Here an error comes out as it is, and not wrapped and with the stack trace of a token.
      bundleFunctions(node);
      this.app._shards.untie(this.app.functions);
      this.app._monitoring.logMetrics.makeFilters();
    } else if (node instanceof FunctionRole || node instanceof AppLambda) {
      // Most stacks have no such bucket, and resolving twice takes time.
      if (AppBucket.areIn(node.stack)) {
        node.knowBuckets();
      }
    }
  }
}
