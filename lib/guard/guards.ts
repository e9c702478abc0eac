import { apiIntegrations } from './api-integrations';
import { apiRoutes } from './api-routes';
import { functionPolicy } from './function-policy';
import { Guard } from './guard';
import { httpThrottle } from './http-throttle';
import { nestedResources } from './nested-resources';
import { provisionedConcurrency } from './provisioned-concurrency';
import { reservedConcurrency } from './reserved-concurrency';
import { rolePolicy } from './role-policy';
import { stackOutputs } from './stack-outputs';
import { stackParameters } from './stack-parameters';
import { stackResources } from './stack-resources';
import { streamConcurrency } from './stream-concurrency';
import { tableThroughput } from './table-throughput';
import { templateSize } from './template-size';

/** All guards, in the order in which their findings are shown. */
export const GUARDS: readonly Guard[] = [
  stackResources,
  nestedResources,
  stackParameters,
  stackOutputs,
  templateSize,
  apiRoutes,
  apiIntegrations,
  functionPolicy,
  rolePolicy,
  reservedConcurrency,
  provisionedConcurrency,
  streamConcurrency,
  tableThroughput,
  httpThrottle,
];
