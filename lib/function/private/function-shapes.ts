import {
  DATE,
  DURATION,
  FLAG,
  FULL_TEXT,
  KNOWN_TEXT,
  listOf,
  madeBy,
  mapOf,
  NUMBER,
  required,
  Shape,
  SIZE,
  struct,
  TEXT,
} from '../../props/shape';
import { SCHEDULE } from '../../trigger/trigger-shapes';

const DESTINATION = madeBy(
  'a destination',
  'write for example `new SqsDestination(queue)`',
  'bind',
);
const FUNCTION = madeBy('a function of the app', 'give what `addFunction` returned', 'app');

export const ACCESS = madeBy('an access', 'write for example `Access.read(table)`', 'bind');
export const TRIGGER = madeBy('a trigger', 'write for example `Trigger.http("GET /")`', 'bind');

/** Ranges, names and what goes together is checked by the rules beside it; what esbuild and npm make of it by them. */
const BUNDLING = struct({
  sharedChunks: FLAG,
  cache: FLAG,
  minify: FLAG,
  sourceMap: FLAG,
  externalModules: listOf(KNOWN_TEXT),
  nodeModules: listOf(KNOWN_TEXT),
  installScripts: FLAG,
  copyFiles: listOf(struct({ source: required(KNOWN_TEXT), destination: KNOWN_TEXT })),
  define: mapOf(KNOWN_TEXT),
  loader: mapOf(KNOWN_TEXT),
  tsconfig: KNOWN_TEXT,
});

/** Options of a function: those of the library, and of the CDK's those that are put into the template as they are. */
export const FUNCTION_SHAPE: Shape = {
  id: TEXT,
  runtime: madeBy('a Runtime', 'write for example `Runtime.NODEJS_24_X`', 'family'),
  handler: TEXT,
  bundling: BUNDLING,
  access: listOf(ACCESS),
  switchedOff: FLAG,
  architecture: madeBy('an Architecture', 'write `Architecture.ARM_64`', 'dockerPlatform'),
  environment: mapOf(TEXT),
  ephemeralStorageSize: SIZE,
  functionName: FULL_TEXT,
  description: TEXT,
  role: madeBy('a role', 'write for example `new Role(…)`', 'grantPrincipal'),
  layers: listOf(madeBy('a layer', 'write for example `new LayerVersion(…)`', 'layerVersionArn')),
  logGroup: madeBy('a log group', 'write for example `new LogGroup(…)`', 'logGroupRef'),
  onFailure: DESTINATION,
  onSuccess: DESTINATION,
  vpc: madeBy('a VPC', 'write for example `Vpc.fromLookup(…)`', 'vpcId'),
  profiling: FLAG,
  tracing: TEXT,
  logFormat: TEXT,
  loggingFormat: TEXT,
  applicationLogLevel: TEXT,
  applicationLogLevelV2: TEXT,
  systemLogLevel: TEXT,
  systemLogLevelV2: TEXT,
  deadLetterQueueEnabled: FLAG,
  currentVersionOptions: struct({}),
  usage: struct({}),
};

export const FUNCTION_PROPS_SHAPE: Shape = {
  ...FUNCTION_SHAPE,
  entry: KNOWN_TEXT,
  code: madeBy('code', 'write for example `Code.fromAsset("folder")`', 'bind'),
  triggers: listOf(TRIGGER),
};

export const PROVISIONED_SHAPE: Shape = {
  min: required(NUMBER),
  max: NUMBER,
  targetUtilization: NUMBER,
  schedules: listOf(
    struct({ schedule: SCHEDULE, min: required(NUMBER), max: NUMBER, start: DATE, end: DATE }),
  ),
  spilloverAlarm: FLAG,
  force: FLAG,
};

export const ROLLOUT_SHAPE: Shape = {
  percent: required(NUMBER),
  interval: required(DURATION),
  watch: FLAG,
  alarms: listOf(madeBy('an alarm', 'write for example `new Alarm(…)`', 'alarmArn')),
  beforeTraffic: FUNCTION,
  afterTraffic: FUNCTION,
};
