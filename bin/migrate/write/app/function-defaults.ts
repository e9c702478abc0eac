import type { Definition } from '../../model';
import { referencesIn, Value } from '../../value';
import { apiEntries } from '../api/api-options';
import { settingsEntries } from '../function/settings';
import { vpcLines } from '../function/vpc';
import { call, code, object, quote, statement } from '../print';
import { attempt, Scope } from '../scope';
import { textNode } from '../values';

export function writeDefaults(
  definition: Definition,
  scope: Scope,
): { readonly app: string; readonly before: readonly string[] } {
  const { layers, role, environment, ...others } = definition.defaults;
  const refersToOwn = (value: Value): boolean =>
    referencesIn(value).some((id) => scope.find(id) === undefined);
  const isOwnRole =
    refersToOwn(role) || definition.resources.some(({ logicalId }) => logicalId === role);
  const late = {
    role: isOwnRole ? { role } : undefined,
    layers: refersToOwn(layers) ? layers : undefined,
    environment: Object.fromEntries(
      Object.entries(environment ?? {}).filter(([, one]) => refersToOwn(one)),
    ),
  };
  const now = Object.fromEntries(
    Object.entries(environment ?? {}).filter(([, one]) => !refersToOwn(one)),
  );
  scope.lateDefaults = late;
  const settings = settingsEntries(
    {
      ...others,
      role: isOwnRole ? undefined : role,
      layers: refersToOwn(layers) ? undefined : layers,
      environment: now,
    },
    scope,
    'defaults',
  );
  const before = scope.before.splice(0);
  const usesStage = definition.origin === 'Serverless Framework';
  const stages = `/^(prod|production|live)$/.test(stage) ? AppStage.PRODUCTION : AppStage.DEVELOPMENT`;
  if (usesStage) {
    scope.ours('AppStage');
    scope.helpers.add('stage');
  }
  const props = object({
    stage: usesStage ? code(stages) : undefined,
    root: scope.root === '.' ? undefined : quote(scope.root),
    functionDefaults: object(settings),
    ...apiEntries(definition.api, scope),
  });
  return {
    app: statement('const app = ', call('new ServerlessApp', [code('stack'), quote('App'), props])),
    before,
  };
}

/** Statements for all functions once they are declared: the VPC, variables that name resources, the permissions boundary, tags. */
export function afterwards(definition: Definition, scope: Scope): string[] {
  const { vpc, permissionsBoundary } = definition.defaults;
  const lines: string[] = [];
  const tryTo = <T>(what: string, make: () => T): T[] =>
    attempt(make, (reason) => {
      scope.note('lost', `provider.${what}`, `it is not carried over: ${reason}`);
    });
  const { environment = {}, layers } = scope.lateDefaults;
  const inLoop = [
    ...Object.entries(environment).flatMap(([name, value]) =>
      attempt(
        () =>
          statement(
            '',
            call('fn.function.addEnvironment', [quote(name), textNode(value, scope)]),
            2,
          ),
        (reason) => {
          scope.note(
            'lost',
            `provider.environment.${name}`,
            `the variable ${name} is not carried over: ${reason}`,
          );
        },
      ),
    ),
    ...(layers ?? []).flatMap((layer) => {
      const found = scope.find(referencesIn(layer)[0] ?? '');
      return found === undefined ? [] : [`  fn.function.addLayers(${found.constName});`];
    }),
    ...tryTo('vpc', () => vpcLines(vpc, 'fn', scope))
      .flat()
      .map((line) =>
        line
          .split('\n')
          .map((one) => `  ${one}`)
          .join('\n'),
      ),
  ];
  if (inLoop.length > 0) {
    lines.push('for (const fn of app.functions) {', ...inLoop, '}');
  }
  if (permissionsBoundary !== undefined) {
    const iam = scope.module('iam');
    lines.push(
      ...tryTo('permissionsBoundary', () => [
        statement(
          `const boundary = `,
          call(`${iam}.ManagedPolicy.fromManagedPolicyArn`, [
            code('stack'),
            quote('Boundary'),
            textNode(permissionsBoundary, scope),
          ]),
        ),
        `${iam}.PermissionsBoundary.of(stack).apply(boundary);`,
      ]).flat(),
    );
  }
  for (const [key, value] of Object.entries(definition.tags ?? {})) {
    lines.push(
      ...tryTo(`tags.${key}`, () =>
        statement(
          '',
          call(`${scope.cdk('Tags')}.of(stack).add`, [quote(key), textNode(value, scope)]),
        ),
      ),
    );
  }
  return lines;
}
