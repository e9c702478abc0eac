// The app
export { ServerlessApp } from './serverless-app';
export type {
  ObjectFunctionOptions,
  RequestFunctionOptions,
  ScheduleFunctionOptions,
  ServerlessAppProps,
  TableChangeFunctionOptions,
} from './serverless-app-props';
export { AppStage } from './app-stage';
export { Sharding } from './sharding';
export type { ScalingOptions } from './scaling/scaling-options';
export type { AppTableProps } from './app-table-props';

// Functions
export { AppFunction } from './function/app-function';
export type { AppFunctionOptions, AppFunctionProps } from './function/app-function-props';
export { BundlingFormat } from './function/bundling';
export type { BundlingOptions, CopiedFile } from './function/bundling';
export { ColdStart } from './function/cold-start';
export type {
  ProvisionedConcurrencyOptions,
  ProvisionedConcurrencySchedule,
} from './function/cold-start';
export { Rollout } from './function/rollout';
export type { RolloutOptions } from './function/rollout';

// What runs them
export { Trigger } from './trigger/trigger';
export { InvocationType } from './trigger/trigger-config';
export type { ITrigger, TriggerConfig } from './trigger/trigger-config';
export type { HttpDomain, HttpOptions, HttpThrottle } from './trigger/http-options';
export type { HttpTriggerOptions } from './trigger/http-trigger';
export type { TableChangesTriggerOptions } from './trigger/table-changes-trigger';
export type { ObjectTriggerOptions } from './trigger/object-trigger';
export type { ScheduleRetryPolicy, ScheduleTriggerOptions } from './trigger/schedule-trigger';

// What they may touch
export { Access, AccessLevel } from './access';
export type { AccessConfig, AccessOptions, IAccess } from './access';

// What watches them
export { AlarmThreshold, ThresholdUnit } from './alarm/alarm-threshold';
export type { AlarmOptions } from './alarm/alarm-options';

// What they cost
export { Budget } from './cost/budget';
export type { BudgetOptions } from './cost/budget';
export { CostEstimate } from './cost/cost-estimate';
export type { EstimateOptions, EstimateQuestion } from './cost/estimate-options';
export type { CostPart, LevelEstimate } from './cost/app-estimate';
export { UsageLevel } from './cost/usage';
export type { AppUsage, FunctionUsage, UsageAmounts } from './cost/usage';

// What load does to them
export { Load } from './scaling/load';
export type { LimitMet, LoadForecast } from './scaling/load-forecast';
export type { LoadOptions } from './scaling/load-options';
