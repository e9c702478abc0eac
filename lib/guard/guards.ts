import { apiAuthorizers } from './api-authorizers';
import { apiIntegrations } from './api-integrations';
import { apiResources } from './api-resources';
import { apiRoutes } from './api-routes';
import { cliVersion } from './cli-version';
import { deprecatedRuntime } from './deprecated-runtime';
import { destroyedStorage } from './destroyed-storage';
import { duplicateRoute } from './duplicate-route';
import { environmentSize } from './environment-size';
import { eventLoop } from './event-loop';
import { eventRules } from './event-rules';
import { filterPolicies } from './filter-policies';
import { functionPolicy } from './function-policy';
import { Guard } from './guard';
import { httpThrottle } from './http-throttle';
import { httpTimeout } from './http-timeout';
import { nestedResources } from './nested-resources';
import { objectOverlap } from './object-overlap';
import { openRoute } from './open-route';
import { pastAlias } from './past-alias';
import { provisionedConcurrency } from './provisioned-concurrency';
import { queueVisibility } from './queue-visibility';
import { reservedConcurrency } from './reserved-concurrency';
import { rolePolicy } from './role-policy';
import { secretInEnvironment } from './secret-in-environment';
import { shadowedRoute } from './shadowed-route';
import { snapStart } from './snap-start';
import { openSocket, socketAuthorizer } from './socket-connections';
import { stackOutputs } from './stack-outputs';
import { stackParameters } from './stack-parameters';
import { stackResources } from './stack-resources';
import { stageVariables } from './stage-variables';
import { streamConcurrency } from './stream-concurrency';
import { streamReaders } from './stream-readers';
import { tableThroughput } from './table-throughput';
import { templateSize } from './template-size';

/** All guards, in the order in which their findings are shown. */
export const GUARDS: readonly Guard[] = [
  cliVersion,
  stackResources,
  nestedResources,
  stackParameters,
  stackOutputs,
  templateSize,
  apiRoutes,
  apiIntegrations,
  apiResources,
  apiAuthorizers,
  stageVariables,
  duplicateRoute,
  shadowedRoute,
  openRoute,
  openSocket,
  socketAuthorizer,
  httpThrottle,
  httpTimeout,
  functionPolicy,
  rolePolicy,
  reservedConcurrency,
  provisionedConcurrency,
  snapStart,
  pastAlias,
  deprecatedRuntime,
  environmentSize,
  secretInEnvironment,
  eventLoop,
  streamReaders,
  streamConcurrency,
  objectOverlap,
  queueVisibility,
  eventRules,
  filterPolicies,
  tableThroughput,
  destroyedStorage,
];
