import { Reference, Stack, Tokenization } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { BUCKET, PARAMETER, QUEUE, ResourceKind, SECRET, TABLE, TOPIC } from '../access/grants';
import { EVENT_BUS, STATE_MACHINE } from '../access/service-grants';
import { AppContext } from '../core/app-context';
import type { IAppFunction, IServerlessApp } from '../core/contract';
import { FunctionRole } from '../function/function-role';
import { AccessModel, FunctionModel } from '../model/app-model';
import { AppBucket } from '../storage/app-bucket';

const ARNS = [
  'tableArn',
  'bucketArn',
  'queueArn',
  'topicArn',
  'secretArn',
  'parameterArn',
  'eventBusArn',
  'stateMachineArn',
];

interface Granted {
  readonly kind: ResourceKind;
  /** The level of an action. A grant with both levels is `readWrite`. */
  readonly levels: Readonly<Record<string, RegExp>>;
}

/** IAM actions by what they let a function do, with the wildcards that the CDK's own grants use. */
const GRANTED: readonly Granted[] = [
  {
    kind: TABLE,
    levels: {
      read: /^dynamodb:(\*|(Batch)?Get(Item|\*)|Query|Scan|PartiQLSelect)$/,
      write:
        /^dynamodb:(\*|(Put|Update|Delete|BatchWrite)(Item|\*)|PartiQL(Insert|Update|Delete))$/,
    },
  },
  {
    kind: BUCKET,
    levels: { read: /^s3:(\*|Get(\*|Object\*?))$/, write: /^s3:(\*|(Put|Delete)(\*|Object\*?))$/ },
  },
  { kind: QUEUE, levels: { send: /^sqs:(\*|SendMessage)$/, receive: /^sqs:(\*|ReceiveMessage)$/ } },
  { kind: TOPIC, levels: { publish: /^sns:(\*|Publish)$/ } },
  { kind: EVENT_BUS, levels: { put: /^events:(\*|PutEvents)$/ } },
  { kind: STATE_MACHINE, levels: { start: /^states:(\*|StartExecution)$/ } },
  { kind: SECRET, levels: { read: /^secretsmanager:(\*|GetSecretValue)$/ } },
  { kind: PARAMETER, levels: { read: /^ssm:(\*|GetParameters?)$/ } },
];

/** Finds a construct by its ARN. */
type Find = (arn: string) => IConstruct | undefined;

/**
 * The functions with the permissions that the CDK's own methods, such as `table.grantReadData(fn)`, granted beyond the declared
 * accesses.
 */
export function withGrantedAccess(
  app: IServerlessApp,
  models: readonly FunctionModel[],
): FunctionModel[] {
  const functions = new Map(AppContext.of(app).functions.map((fn) => [fn.node.path, fn]));
  const find = finder(app);
  return models.map((model) => {
    const fn = functions.get(model.path);
    const granted = fn === undefined ? [] : grantedAccess(fn, find, model.access);
    return granted.length === 0 ? model : { ...model, access: [...model.access, ...granted] };
  });
}

function grantedAccess(
  fn: IAppFunction,
  find: Find,
  declared: readonly AccessModel[],
): AccessModel[] {
  if (!(fn.role instanceof FunctionRole)) {
    return []; // The statements of a user's role are unknown.
  }
  const granted = fn.role.undeclared
    .filter(({ effect }) => effect === iam.Effect.ALLOW)
    .flatMap((statement) => accessOf(statement, find));
  return withoutRepetition(granted).filter((one) => !declared.some((it) => covers(it, one)));
}

function accessOf({ actions, resources }: iam.PolicyStatement, find: Find): AccessModel[] {
  const possible = GRANTED.map(({ kind, levels }) => ({
    kind,
    levels: Object.keys(levels).filter((level) =>
      actions.some((action) => levels[level]?.test(action) === true),
    ),
  })).filter(({ levels }) => levels.length > 0);
  if (possible.length === 0) {
    return [];
  }
  return resources.flatMap((text) => {
    const [, arn = text, below] = /^([^/]*)\/(.*)$/s.exec(text) ?? [];
    const resource = find(text) ?? find(arn);
    const { kind, levels = [] } = possible.find((it) => it.kind.of(resource) !== undefined) ?? {};
    return levels.map((level) => ({
      kind: kind?.kind ?? '',
      path: resource?.node.path ?? '',
      level,
      part: kind === BUCKET && below !== '*' ? below : undefined,
      byCdk: true,
    }));
  });
}

/** One entry for each part of a resource; reading and writing count as one level. */
function withoutRepetition(granted: readonly AccessModel[]): AccessModel[] {
  const all = new Map<string, AccessModel>();
  for (const access of granted) {
    const storage = access.level === 'read' || access.level === 'write';
    const key = JSON.stringify([access.path, access.part, storage ? '' : access.level]);
    const level = all.get(key)?.level ?? access.level;
    all.set(key, { ...access, level: level === access.level ? level : 'readWrite' });
  }
  return [...all.values()];
}

function covers(declared: AccessModel, access: AccessModel): boolean {
  return (
    declared.path === access.path &&
    (declared.part === undefined || declared.part === access.part) &&
    (declared.level === access.level || declared.level === 'readWrite')
  );
}

/** Most ARNs are references to a resource. A bucket of the app may appear with its deterministic name; other ARNs are compared as text. */
function finder(app: IServerlessApp): Find {
  let others: ReadonlyMap<string, IConstruct> | undefined;
  return (arn) => {
    const reference = Tokenization.reverseString(arn).firstToken;
    if (Reference.isReference(reference) && reference.toString() === arn) {
      return reference.target.node.scope;
    }
    const bucket = AppBucket.findByArn(app, arn);
    if (bucket === undefined) {
      others ??= allByArn(app);
    }
    return bucket ?? others?.get(arnKey(app, arn));
  };
}

function allByArn(app: IServerlessApp): ReadonlyMap<string, IConstruct> {
  const found = new Map<string, IConstruct>();
  for (const construct of app.node.root.node.findAll()) {
    for (const property of ARNS) {
      const arn: unknown = property in construct ? Reflect.get(construct, property) : undefined;
      if (typeof arn === 'string') {
        found.set(arnKey(app, arn), construct);
      }
    }
  }
  return found;
}

/** Resolved, because some constructs of the CDK return a new Token at each access. */
function arnKey(app: IServerlessApp, arn: string): string {
  return JSON.stringify(Stack.of(app).resolve(arn));
}
