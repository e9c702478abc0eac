// The app
export { ServerlessApp } from './app/serverless-app';
export type {
  ObjectFunctionOptions,
  RequestFunctionOptions,
  ScheduleFunctionOptions,
  ServerlessAppProps,
  TableChangeFunctionOptions,
} from './app/serverless-app-props';
export { AppStage } from './model/app-stage';
export { Sharding } from './core/sharding';
export type { ScalingOptions } from './scaling/scaling-options';
export type { AppEventBusProps } from './storage/app-event-bus-props';
export type { AppTableProps } from './storage/app-table-props';
export type { ConnectionsTableProps } from './storage/connections-table-props';

// Functions
export { AppFunction } from './function/app-function';
export type { AppFunctionOptions, AppFunctionProps } from './function/app-function-props';
export { BundlingFormat } from './bundling/bundling-options';
export type { BundlingOptions, CopiedFile } from './bundling/bundling-options';
export { ColdStart } from './function/cold-start';
export type {
  ProvisionedConcurrencyOptions,
  ProvisionedConcurrencySchedule,
} from './function/cold-start';
export { Rollout } from './function/rollout';
export type { RolloutOptions } from './function/rollout';

// Triggers and workflows
export { Trigger } from './trigger/trigger';
export { InvocationType } from './core/contract';
export type { IAppFunction, IServerlessApp, ITrigger, TriggerConfig } from './core/contract';
export type {
  HttpDomain,
  HttpMutualTls,
  HttpExistingDomain,
  HttpOptions,
  HttpThrottle,
} from './http/http-options';
export type {
  RequestValidation,
  RestCache,
  GatewayResponseOptions,
  RestOptions,
  UsagePlanOptions,
  UsageQuota,
} from './http/rest/rest-options';
export type { ForwardOptions } from './http/rest/forward-options';
export type { RequestMessageOptions } from './http/rest/request-message';
export { RequestPart } from './http/rest/request-part';
export { RequestTarget } from './http/rest/request-target';
export type { RequestEventOptions } from './http/rest/request-target';
export { RequestTenant } from './http/rest/request-tenant';
export { RestWebAcl } from './http/rest/rest-web-acl';
export type { WebSocketDomain, WebSocketOptions } from './http/socket/socket-options';
export { RouteAuthorizer } from './http/route-authorizer';
export type { FunctionAuthorizerOptions, UserPoolAuthorizerOptions } from './http/route-authorizer';
export type { HttpTriggerOptions } from './trigger/http/http-trigger';
export type {
  MessageFunctionOptions,
  ProvisionedPollers,
  QueueTriggerOptions,
} from './trigger/queue/queue-trigger';
export type { EventFunctionOptions } from './trigger/event/event-trigger';
export type { EventRetryPolicy, EventTriggerOptions } from './trigger/event/event-options';
export type {
  NotificationFunctionOptions,
  TopicTriggerOptions,
} from './trigger/topic/topic-trigger';
export type { RecordFunctionOptions, StreamTriggerOptions } from './trigger/stream/stream-trigger';
export type {
  UserPoolFunctionOptions,
  UserPoolTriggerOptions,
} from './trigger/user-pool/user-pool-trigger';
export type {
  SocketFunctionOptions,
  WebSocketTriggerOptions,
} from './trigger/web-socket/web-socket-trigger';
export type {
  FunctionUrlTriggerOptions,
  UrlFunctionOptions,
} from './trigger/function-url/function-url-trigger';
export type { TableChangesTriggerOptions } from './trigger/table-changes/table-changes-trigger';
export type { ObjectTriggerOptions } from './trigger/object/object-options';
export type {
  ScheduleRetryPolicy,
  ScheduleTriggerOptions,
} from './trigger/schedule/schedule-options';

export { AppWorkflow } from './workflow/app-workflow';
export type { WorkflowOptions } from './workflow/workflow-options';

// Sites
export { AppSite } from './site/app-site';
export { SiteRouting } from './site/site-props';
export type { SiteDomain, SiteOptions, SiteProps } from './site/site-props';
export { SiteUpload } from './site/site-upload';

// Access
export { Access } from './access/access';
export type { PutEventsOptions } from './access/access';
export { ConnectionOperation } from './access/connections-access';
export type { ManageConnectionsOptions } from './access/connections-access';
export type { StorageAccessOptions } from './access/storage-access-options';
export type { AccessOptions } from './access/access-options';
export { AccessLevel } from './core/contract';
export type { AccessConfig, IAccess } from './core/contract';

// Cost
export { CostEstimate } from './estimate/cost-estimate';
export type { EstimateOptions, EstimateQuestion } from './estimate/estimate-options';
export type { CostPart, LevelEstimate } from './cost/app-estimate';
export { UsageLevel } from './estimate/usage';
export type { AppUsage, FunctionUsage, UsageAmounts } from './estimate/usage';
export { Budget } from './monitoring/budget';
export type { BudgetOptions } from './monitoring/budget';

// Alarms
export { AlarmThreshold, ThresholdUnit } from './monitoring/alarm-threshold';
export type { AlarmOptions } from './monitoring/alarm-options';

// Behaviour under load
export { Load } from './function/load';
export type { LimitMet, LoadForecast } from './scaling/load-forecast';
export type { LoadOptions } from './scaling/load-options';

// Guards
export { GuardSeverity } from './guard/app-guard';
export type { AppFinding, AppGuard } from './guard/app-guard';
