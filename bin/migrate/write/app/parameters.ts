import type { Definition } from '../../model';
import { camel } from '../../names';
import { isList, mapOf, textOf, Value, ValueMap } from '../../value';
import { call, code, object, quote, statement } from '../print';
import { attempt, Scope } from '../scope';
import { anyNode, textNode } from '../values';

/** The parameters, the mappings and the conditions of a template. */
export function writeParameters(definition: Definition, scope: Scope): string[] {
  return [
    ...parameterLines(definition, scope),
    ...mappingLines(definition, scope),
    ...conditionLines(definition, scope),
  ];
}

function parameterLines(definition: Definition, scope: Scope): string[] {
  return Object.entries(definition.parameters).map(([id, value]) => {
    const { Type = 'String', Default, Description, AllowedValues, NoEcho } = mapOf(value);
    const name = scope.names.claim(`${camel(id)}Parameter`);
    scope.declare(id, {
      constName: name,
      ref: () => `${name}.valueAsString`,
      attribute: () => `${name}.valueAsString`,
    });
    return statement(
      `const ${name} = `,
      call(`new ${scope.cdk('CfnParameter')}`, [
        code('stack'),
        quote(id),
        object({
          type: quote(textOf(Type) ?? 'String'),
          default: Default === undefined ? undefined : anyNode(textOf(Default) ?? Default, scope),
          description: Description === undefined ? undefined : textNode(Description, scope),
          allowedValues:
            AllowedValues === undefined
              ? undefined
              : anyNode(
                  Array.isArray(AllowedValues)
                    ? AllowedValues.map((one: Value) => textOf(one))
                    : AllowedValues,
                  scope,
                ),
          noEcho: NoEcho === true || NoEcho === 'true' ? code('true') : undefined,
        }),
      ]),
    );
  });
}

function mappingLines(definition: Definition, scope: Scope): string[] {
  return Object.entries(definition.mappings).map(([id, value]) =>
    statement(
      '',
      call(`new ${scope.cdk('CfnMapping')}`, [
        code('stack'),
        quote(id),
        object({ mapping: anyNode(value, scope) }),
      ]),
    ),
  );
}

function conditionLines(definition: Definition, scope: Scope): string[] {
  return inOrder(definition.conditions).flatMap(([id, value]) => {
    scope.note(
      'check',
      `Conditions.${id}`,
      'CloudFormation evaluates the condition; resources keep it, but functions and triggers of the app ignore it',
    );
    const name = scope.names.claim(`${camel(id)}Condition`);
    const [text] = attempt(
      () => conditionText(value, scope),
      () => undefined,
    );
    if (text === undefined) {
      scope.note(
        'lost',
        `Conditions.${id}`,
        'the condition is not carried over: the app has no expression for it; resources that have it are always created',
      );
      return [];
    }
    scope.declare(`condition:${id}`, { constName: name, ref: () => name, attribute: () => name });
    return [
      statement(
        `const ${name} = `,
        call(`new ${scope.cdk('CfnCondition')}`, [
          code('stack'),
          quote(id),
          object({ expression: code(text) }),
        ]),
      ),
    ];
  });
}

/** Each condition after those that it names. */
function inOrder(conditions: ValueMap): Array<readonly [string, Value]> {
  const done = new Map<string, Value>();
  const begun = new Set<string>();
  const visit = (id: string): void => {
    if (begun.has(id) || !(id in conditions)) {
      return;
    }
    begun.add(id);
    namedIn(conditions[id]).forEach(visit);
    done.set(id, conditions[id]);
  };
  Object.keys(conditions).forEach(visit);
  return [...done];
}

function namedIn(value: Value): string[] {
  if (isList(value)) {
    return value.flatMap(namedIn);
  }
  const own = textOf(mapOf(value).Condition);
  return own === undefined ? Object.values(mapOf(value)).flatMap(namedIn) : [own];
}

/** `Fn.conditionEquals(…)` on one line. */
function conditionText(value: Value, scope: Scope): string | undefined {
  const [name = '', argument] = Object.entries(mapOf(value))[0] ?? [];
  const args = Array.isArray(argument) ? (argument as Value[]) : [argument];
  const fn = (method: string, parts: ReadonlyArray<string | undefined>): string | undefined =>
    parts.includes(undefined)
      ? undefined
      : `${scope.cdk('Fn')}.${method}(${parts.map((part) => part ?? '').join(', ')})`;
  switch (name) {
    case 'Fn::Equals':
      return fn(
        'conditionEquals',
        args.map((one) => statement('', textNode(one, scope)).slice(0, -1)),
      );
    case 'Fn::Not':
      return fn(
        'conditionNot',
        args.map((one) => conditionText(one, scope)),
      );
    case 'Fn::And':
      return fn(
        'conditionAnd',
        args.map((one) => conditionText(one, scope)),
      );
    case 'Fn::Or':
      return fn(
        'conditionOr',
        args.map((one) => conditionText(one, scope)),
      );
    case 'Condition':
      return scope.find(`condition:${textOf(argument) ?? ''}`)?.constName;
    default:
      return undefined;
  }
}
