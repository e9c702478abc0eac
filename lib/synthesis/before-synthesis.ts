import { IAspect } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { AppContext } from '../core/app-context';
import { addMissedSchedules } from '../monitoring/missed-schedule';
import { AppLambda } from '../function/app-lambda';
import { bundleFunctions } from '../bundling/bundled-code';
import { FunctionRole } from '../function/function-role';
import { publishAfterReplacements } from '../function/replacements';
import { Sites } from '../site/sites';
import { HttpApis } from '../http/http-apis';
import { Monitoring } from '../monitoring/monitoring';
import { breakShardCycles } from './break-shard-cycles';
import { AppBucket } from '../storage/app-bucket';
import { LogMetrics } from '../monitoring/log-metrics';
import type { IServerlessApp } from '../core/contract';

/**
 * The work that remains once an app is declared, before the CDK resolves tokens and references between stacks. It is a single
 * aspect, because each aspect visits every construct.
 */
export class BeforeSynthesis implements IAspect {
  constructor(private readonly app: IServerlessApp) {}

  visit(node: IConstruct): void {
    Monitoring.of(this.app).budget?.mark(node);
    if (node === this.app) {
      addMissedSchedules(this.app);
      // Here an error keeps its message, without the wrapper and stack trace of a token.
      bundleFunctions(node);
      HttpApis.of(this.app).existing?.complete();
      Sites.of(this.app).complete();
      breakShardCycles(this.app);
      LogMetrics.of(this.app).makeFilters();
      AppContext.of(this.app).functions.forEach((fn) => {
        if (fn.alias !== undefined) {
          publishAfterReplacements(fn.function);
        }
      });
    } else if (node instanceof FunctionRole || node instanceof AppLambda) {
      // Most stacks have no such bucket, and resolving twice takes time.
      if (AppBucket.areIn(node.stack)) {
        node.knowBuckets();
      }
    }
  }
}
