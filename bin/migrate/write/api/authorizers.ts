import type { AuthorizerModel, Definition } from '../../model';
import { camel, pascal } from '../../names';
import { isMap, Value } from '../../value';
import type { Item } from '../item';
import { call, code, list, Node, object, optionsOrNone, quote, statement } from '../print';
import { interfaceOf } from '../resource/interfaces';
import type { Scope } from '../scope';
import { duration, textNode } from '../values';

export function authorizerNode(model: AuthorizerModel, scope: Scope): Node {
  const route = scope.ours('RouteAuthorizer');
  if (model.kind === 'none') {
    return code(`${route}.open()`);
  }
  if (model.kind === 'iam') {
    return code(`${route}.iam()`);
  }
  const known = scope.find(authorizerId(model));
  if (known === undefined) {
    // A route without its authorizer must not be open.
    scope.note(
      'lost',
      authorizerId(model),
      'the authorizer is not carried over; its routes require IAM authorization until you name one',
    );
    return code(`${route}.iam()`);
  }
  return code(known.constName);
}

export function authorizerId({ kind, name, functionId, arn }: AuthorizerModel): string {
  return `authorizer ${kind} ${name ?? functionId ?? JSON.stringify(arn ?? '')}`;
}

/** The authorizers of all routes, each declared once. */
export function authorizerItems(definition: Definition, scope: Scope): Item[] {
  const all = definition.functions.flatMap(({ events }) =>
    events.flatMap((event) => (event.kind === 'http' ? (event.authorizer ?? []) : [])),
  );
  const models = [
    ...all,
    ...(definition.api.authorizer === undefined ? [] : [definition.api.authorizer]),
  ];
  const unique = new Map(
    models
      .filter(({ kind }) => kind !== 'iam' && kind !== 'none')
      .map((one) => [authorizerId(one), one]),
  );
  return [...unique].map(([id, model]) => {
    const fn = definition.functions.find(
      ({ at, logicalId }) =>
        at === `functions.${model.functionId ?? ''}` || logicalId === model.functionId,
    );
    return {
      id,
      needs: [fn?.logicalId ?? '', ...(isMap(model.arn ?? null) ? referencedIn(model.arn) : [])],
      write: () => writeAuthorizer(id, model, fn?.logicalId, scope),
    };
  });
}

function referencedIn(value: Value): string[] {
  return [...JSON.stringify(value ?? '').matchAll(/"(?:Ref|Fn::GetAtt)":\s*\[?"(\w+)/g)].map(
    ([, id = '']) => id,
  );
}

function writeAuthorizer(
  id: string,
  model: AuthorizerModel,
  functionId: string | undefined,
  scope: Scope,
): string[] {
  const given = pascal(model.name ?? model.functionId ?? 'Users').replace(/[^A-Za-z0-9]/g, '');
  const short = given.replace(/Authorizer$/i, '');
  const label = scope.labels.claim((short === '' ? given : short).slice(0, 60));
  const name = scope.names.claim(`${camel(label)}Authorizer`);
  const route = scope.ours('RouteAuthorizer');
  const declare = (node: Node): string[] => {
    scope.declare(id, { constName: name, ref: () => name, attribute: () => name });
    return [statement(`const ${name} = `, node)];
  };
  const kind: string = model.kind;
  switch (kind) {
    case 'cognito': {
      const reference = referencedIn(model.arn)[0];
      const pool =
        reference !== undefined &&
        scope.definition.resources.some(({ logicalId }) => logicalId === reference)
          ? code(interfaceOf(reference, scope))
          : call(`${scope.module('cognito')}.UserPool.fromUserPoolArn`, [
              code('stack'),
              quote(`${label}Pool`),
              textNode(model.arn, scope),
            ]);
      return declare(call(`${route}.userPool`, [quote(label), pool]));
    }
    case 'jwt':
      return declare(
        call(`new ${scope.module('authorizers')}.HttpJwtAuthorizer`, [
          quote(label),
          textNode(model.issuer, scope),
          object({ jwtAudience: list((model.audience ?? []).map((one) => textNode(one, scope))) }),
        ]),
      );
    default: {
      const target =
        functionId !== undefined
          ? code(`${scope.find(functionId)?.constName ?? ''}.target`)
          : call(`${scope.module('lambda')}.Function.fromFunctionArn`, [
              code('stack'),
              quote(`${label}Function`),
              textNode(model.arn, scope),
            ]);
      if (functionId !== undefined && scope.find(functionId) === undefined) {
        return [];
      }
      if (model.kind === 'token') {
        scope.note(
          'differs',
          `authorizer ${label}`,
          'it was a TOKEN authorizer. The function now gets a request event: read `event.headers.Authorization` instead of `event.authorizationToken`, and `event.methodArn` as before',
        );
      }
      return declare(
        call(`${route}.byFunction`, [
          quote(label),
          target,
          ...optionsOrNone(
            object({
              headers:
                model.headers === undefined || model.headers.length === 0
                  ? undefined
                  : list(model.headers.map(quote)),
              cacheTtl:
                model.ttl === undefined || model.ttl === 300
                  ? undefined
                  : duration(model.ttl, scope),
            }),
          ),
        ]),
      );
    }
  }
}
