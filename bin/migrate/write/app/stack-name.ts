import { canonical } from '../../canonical';
import type { Definition } from '../../model';
import { listOf, mapOf, textOf, Value } from '../../value';
import { Scope } from '../scope';

/** CloudFormation's limit of a stack's name. */
const MAX_STACK = 128;
const MAX_FUNCTION = 64;
const SUFFIX = '-app';

/** The properties of resources that are names, and how long those may be. */
const NAMES: Readonly<Record<string, readonly [property: string, max: number]>> = {
  'AWS::CloudWatch::Alarm': ['AlarmName', 255],
  'AWS::Cognito::UserPool': ['UserPoolName', 128],
  'AWS::DynamoDB::GlobalTable': ['TableName', 255],
  'AWS::DynamoDB::Table': ['TableName', 255],
  'AWS::Events::Rule': ['Name', 64],
  'AWS::IAM::ManagedPolicy': ['ManagedPolicyName', 128],
  'AWS::IAM::Policy': ['PolicyName', 128],
  'AWS::IAM::Role': ['RoleName', 64],
  'AWS::Kinesis::Stream': ['Name', 128],
  'AWS::KinesisFirehose::DeliveryStream': ['DeliveryStreamName', 64],
  'AWS::Lambda::LayerVersion': ['LayerName', 140],
  'AWS::S3::Bucket': ['BucketName', 63],
  'AWS::SNS::Topic': ['TopicName', 256],
  'AWS::SQS::Queue': ['QueueName', 80],
  'AWS::Scheduler::Schedule': ['Name', 64],
  'AWS::StepFunctions::StateMachine': ['StateMachineName', 80],
};

/** The lengths of values that only AWS knows, at most. */
const LENGTHS: Readonly<Record<string, number>> = {
  'AWS::AccountId': 12,
  'AWS::Partition': 10,
  'AWS::Region': 14,
};

interface Named {
  readonly at: string;
  readonly name: Value;
  readonly max: number;
  /** Whether capital letters are refused. */
  readonly isLower?: boolean;
}

/**
 * The name of the stack without that of its stage. The definition does not say how its own stack is named, so the name is cut if names that
 * contain it would become too long. A bucket’s name has small letters only.
 */
export function stackNameOf(definition: Definition, hasStage: boolean, scope: Scope): string {
  const { name, stages, defaultStage } = definition;
  const stage = hasStage ? Math.max(...[...stages, defaultStage].map((one) => one.length)) + 1 : 0;
  const uses = namesOf(definition).filter(({ name: one }) => parts(one).length > 1);
  const rooms = uses.map((one) => ({ ...one, room: roomIn(one, definition) }));
  const room = Math.min(MAX_STACK, ...rooms.map((one) => one.room)) - stage - SUFFIX.length;
  const plain = name.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
  const whole = uses.some(({ isLower }) => isLower === true) ? plain.toLowerCase() : plain;
  const cut = whole.slice(0, Math.max(room, 1)).replace(/-+$/, '');
  for (const { at, max, room: own } of rooms) {
    const length = cut.length + SUFFIX.length + stage;
    if (own < length) {
      scope.note(
        'check',
        at,
        `its name contains the name of the stack and may have at most ${max} characters, which it exceeds by ${length - own} if the stack is named ${cut}${SUFFIX}: shorten it`,
      );
    } else if (own < whole.length + SUFFIX.length + stage) {
      scope.note(
        'differs',
        at,
        `its name contains the name of the stack and may have at most ${max} characters, so the stack is named ${cut}${SUFFIX}`,
      );
    }
  }
  return `${cut}${SUFFIX}`;
}

function namesOf({ functions, resources, layers, stateMachines }: Definition): Named[] {
  return [
    ...functions.map(({ at, settings }) => ({
      at,
      name: settings.functionName,
      max: MAX_FUNCTION,
    })),
    ...layers.flatMap(({ at, name }) => named('AWS::Lambda::LayerVersion', at, () => name)),
    ...stateMachines.flatMap(({ at, name }) =>
      named('AWS::StepFunctions::StateMachine', at, () => name),
    ),
    ...resources.flatMap(({ at, type, properties }) =>
      named(type, at, (property) => properties[property]),
    ),
  ];
}

function named(type: string, at: string, nameIn: (property: string) => Value): Named[] {
  const [property, max] = NAMES[type] ?? [];
  return property === undefined || max === undefined
    ? []
    : [{ at, name: nameIn(property), max, isLower: type === 'AWS::S3::Bucket' }];
}

/** The texts around the stack’s name. */
function parts(name: Value): string[] {
  return name === undefined ? [] : canonical(name).split('<AWS::StackName>');
}

/** How long the stack’s name may be in a name. */
function roomIn({ name, max }: Named, definition: Definition): number {
  const around = parts(name);
  const taken = around.join('').replace(/<([^<>]*)>/g, (_, id: string) => {
    return 'x'.repeat(lengthOf(id, definition));
  });
  return Math.floor((max - taken.length) / (around.length - 1));
}

/** The length of a value, at most. Zero if the definition does not show it. */
function lengthOf(id: string, { parameters, stages, defaultStage }: Definition): number {
  const { Default, AllowedValues } = mapOf(parameters[id]);
  const texts = id === 'stage' ? [...stages, defaultStage] : [Default, ...listOf(AllowedValues)];
  return LENGTHS[id] ?? Math.max(...texts.map((one) => textOf(one)?.length ?? 0));
}
