import type { AccessKind, Grant, Note } from '../model';
import { listOf, mapOf, textOf, Value, ValueMap } from '../value';

type Entry = readonly [id: string, resource: ValueMap];

/** The permissions of a connector as access, by the type of its destination. */
const ACCESS: ReadonlyArray<
  readonly [types: RegExp, read: AccessKind | undefined, write: AccessKind | undefined]
> = [
  [/^AWS::(DynamoDB::Table|Serverless::SimpleTable|S3::Bucket)$/, 'read', 'write'],
  [/^AWS::SQS::Queue$/, undefined, 'send'],
  [/^AWS::SNS::Topic$/, undefined, 'publish'],
  [/^AWS::Events::EventBus$/, undefined, 'putEvents'],
  [/^AWS::(Serverless|Lambda)::Function$/, undefined, 'invoke'],
  [/^AWS::Serverless::StateMachine$/, undefined, 'startExecution'],
];

export interface Connectors {
  /** The grants by the logical ids of the functions. */
  readonly grants: ReadonlyMap<string, readonly Grant[]>;
  /** The logical ids of the connectors that the grants stand for. */
  readonly done: ReadonlySet<string>;
}

/** The connectors from functions to resources of the template, which stand alone or within the function. */
export function readConnectors(all: readonly Entry[], note: (note: Note) => void): Connectors {
  const types = new Map(all.map(([id, { Type }]) => [id, textOf(Type) ?? '']));
  const grants = new Map<string, Grant[]>();
  const done = new Set<string>();
  const add = (source: string, given: ValueMap): boolean => {
    const found = /::Function$/.test(types.get(source) ?? '') ? grantsOf(given, types) : [];
    grants.set(source, [...(grants.get(source) ?? []), ...found]);
    return found.length > 0;
  };
  for (const [id, { Type, Properties, Connectors }] of all) {
    if (Type === 'AWS::Serverless::Connector') {
      if (add(textOf(mapOf(mapOf(Properties).Source).Id) ?? '', mapOf(Properties))) {
        done.add(id);
      }
    }
    for (const [name, connector] of Object.entries(mapOf(Connectors))) {
      if (!add(id, mapOf(mapOf(connector).Properties))) {
        note({
          kind: 'lost',
          at: `Resources.${id}.Connectors.${name}`,
          text: 'the connector is not carried over: give the functions `access`, or write a statement',
        });
      }
    }
  }
  return { grants, done };
}

/** The grants of a connector; none if one of its permissions is no access. */
function grantsOf(given: ValueMap, types: ReadonlyMap<string, string>): Grant[] {
  const permissions = listOf(given.Permissions);
  const wanted = listOf(given.Destination).map((one): Value => mapOf(one).Id);
  const found = wanted.flatMap((id) => {
    const [, read, write] =
      ACCESS.find(([pattern]) => pattern.test(types.get(textOf(id) ?? '') ?? '')) ?? [];
    return permissions.map((permission) => ({
      access: permission === 'Read' ? read : write,
      target: { Ref: id },
    }));
  });
  return found.every(({ access }) => access !== undefined) ? (found as Grant[]) : [];
}
