import type { Note } from '../model';
import type { ValueMap } from '../value';

/** A note for each key that has no meaning for the migration, so that no option is lost silently. */
export function noteUnknownKeys(
  given: ValueMap,
  known: ReadonlySet<string>,
  at: string,
  note: (note: Note) => void,
): void {
  for (const [key, value] of Object.entries(given)) {
    if (!known.has(key) && value !== undefined && value !== null && value !== false) {
      note({ kind: 'lost', at: `${at}.${key}`, text: `\`${key}\` is not carried over` });
    }
  }
}

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** The options of a function of the Serverless Framework that are carried over, that have a note of their own, or that change nothing. */
export const FUNCTION_KEYS = words(`
handler image name description runtime memorySize timeout environment layers vpc events url tags tracing
ephemeralStorageSize reservedConcurrency provisionedConcurrency kmsKeyArn awsKmsKeyArn logs role iam
iamRoleStatements iamRoleStatementsName iamRoleStatementsInherit iamManagedPolicies maximumRetryAttempts
maximumEventAge onError destinations fileSystemConfig snapStart package warmup disableLogs durableConfig
tenancy architecture versionFunction module prewarm build`);

/** The same for `provider`. */
export const PROVIDER_KEYS = words(`
name runtime stage region profile memorySize timeout environment layers vpc tags stackTags stackName tracing
architecture versionFunctions lambdaHashingVersion deploymentMethod deploymentBucket deploymentPrefix
stackPolicy cfnRole iam iamRoleStatements iamManagedPolicies role rolePermissionsBoundary kmsKeyArn
logRetentionInDays logs apiName apiGateway httpApi websocketsApiName websocketsApiRouteSelectionExpression
websocketsDescription endpointType apiKeys usagePlan resourcePolicy vpcEndpointIds alb s3 cloudFront kinesis
eventBridge ecr disableRollback rollbackConfiguration notificationArns cfLogs versions credentials
ephemeralStorageSize reservedConcurrency provisionedConcurrency environmentFiles maxPreviousDeploymentArtifacts
enableLegacyDeploymentBucket disableDefaultOutputExportNames stackParameters timeoutInMillis`);

/** The properties of a function of SAM or CloudFormation. */
export const SAM_KEYS = words(`
CodeUri Code Handler Runtime Architectures MemorySize Timeout Environment Layers VpcConfig Tracing TracingConfig
Description FunctionName EphemeralStorage ReservedConcurrentExecutions ProvisionedConcurrencyConfig
EventInvokeConfig LoggingConfig Role KmsKeyArn PermissionsBoundary Policies Events FunctionUrlConfig
DeploymentPreference SnapStart DeadLetterQueue DeadLetterConfig InlineCode ImageUri PackageType ImageConfig Tags
AutoPublishAlias AutoPublishAliasAllProperties AutoPublishCodeSha256 VersionDescription PropagateTags`);

/** The properties of an API of SAM. */
export const API_KEYS = words(`
Name Description StageName Cors CorsConfiguration AccessLogSetting AccessLogSettings EndpointConfiguration
BinaryMediaTypes TracingEnabled Domain DefinitionBody DefinitionUri Auth MethodSettings DefaultRouteSettings
OpenApiVersion FailOnWarnings Tags PropagateTags AlwaysDeploy MergeDefinitions Mode`);
