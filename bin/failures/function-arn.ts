import type { AppModel, FunctionModel } from '../../lib/model/app-model';

interface Place {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
}

interface FunctionArn extends Place {
  readonly name: string;
}

function placeOf(arn: string): Place | undefined {
  const [start, partition, service, region, account, ...rest] = arn.split(':');
  return start === 'arn' &&
    partition !== undefined &&
    service !== undefined &&
    region !== undefined &&
    account !== undefined &&
    rest.length > 0
    ? { partition, service, region, account }
    : undefined;
}

/** `arn:<partition>:lambda:<region>:<account>:function:<name>[:<qualifier>]`. */
function parseFunctionArn(arn: string): FunctionArn | undefined {
  const place = placeOf(arn);
  const name = /^(?:[^:]*:){5}function:([^:]+)(?::[^:]+)?$/.exec(arn)?.[1];
  return place?.service === 'lambda' && name !== undefined ? { ...place, name } : undefined;
}

/** The app’s function that an ARN names. A function of the same name in another account, region or partition is another function. */
export function functionOf(arn: string, model: AppModel): FunctionModel | undefined {
  const parsed = parseFunctionArn(arn);
  return parsed !== undefined && isHere(parsed, model)
    ? model.functions.find(({ name }) => name === parsed.name)
    : undefined;
}

/** Whether an ARN belongs to the app's partition, account and region. */
export function isArnHere(arn: string, model: AppModel): boolean {
  const place = placeOf(arn);
  return place !== undefined && isHere(place, model);
}

function isHere({ partition, region, account }: Place, { app }: AppModel): boolean {
  return region === app.region && account === app.account && partition === partitionOf(app.region);
}

/** Regions outside the partition `aws`: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
const PARTITIONS: ReadonlyArray<readonly [RegExp, string]> = [
  [/^cn-/, 'aws-cn'],
  [/^us-gov-/, 'aws-us-gov'],
  [/^us-iso-/, 'aws-iso'],
  [/^us-isob-/, 'aws-iso-b'],
  [/^eu-isoe-/, 'aws-iso-e'],
  [/^[a-z]+-isof-/, 'aws-iso-f'],
  [/^eusc-/, 'aws-eusc'],
];

function partitionOf(region: string): string {
  return PARTITIONS.find(([regions]) => regions.test(region))?.[1] ?? 'aws';
}

/** The ARN that `retry` runs: the app’s own function, through its alias if it has one. No message can choose another version. */
export function arnToRun(fn: FunctionModel, { app }: AppModel): string {
  return aliasArn(fn, partitionOf(app.region), { app });
}

/** The ARN of the app’s own function, through its alias if it has one. */
export function aliasArn(
  fn: FunctionModel,
  partition: string,
  { app }: Pick<AppModel, 'app'>,
): string {
  const qualifier = fn.alias === undefined ? '' : `:${fn.alias}`;
  return `arn:${partition}:lambda:${app.region}:${app.account}:function:${fn.name}${qualifier}`;
}
