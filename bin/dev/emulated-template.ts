import * as fs from 'node:fs';
import * as path from 'node:path';

/** Resource types that the emulator (MiniStack 1.5.33) does not support. */
const UNKNOWN_TYPES =
  /^AWS::((ApplicationAutoScaling|Budgets|CodeDeploy)::|ApiGatewayV2::RouteResponse$|Events::Archive$|WAFv2::WebACLAssociation$)/;
/** Unsupported properties of other types: alarms on metric math expressions. */
const UNKNOWN_PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::CloudWatch::Alarm': 'Metrics',
};
/** The update policy of a removed CodeDeploy deployment group. */
const UNKNOWN_UPDATE_POLICY = 'CodeDeployLambdaAliasUpdate';

interface Resource {
  readonly Type: string;
  readonly Properties?: {
    readonly Parameters?: Record<string, { readonly Ref?: string }>;
    readonly [name: string]: unknown;
  };
  DependsOn?: string | string[];
  UpdatePolicy?: Record<string, unknown>;
}

interface Template {
  readonly Parameters?: Record<string, unknown>;
  readonly Resources?: Record<string, Resource>;
}

/**
 * Removes what the emulator does not support from the templates of a cloud assembly, and returns the names of what it removed.
 * The rest is what AWS would get. A reference to a removed resource is an error.
 */
export function forEmulator(assembly: string): string[] {
  return fs
    .readdirSync(assembly)
    .filter((file) => file.endsWith('.template.json'))
    .flatMap((file) => {
      const name = path.join(assembly, file);
      const template = JSON.parse(fs.readFileSync(name, 'utf8')) as Template;
      const removed = withoutUnknown(template);
      if (removed.length > 0) {
        fs.writeFileSync(name, JSON.stringify(template, undefined, 1));
      }
      return removed.map((what) => `${file}: ${what}`);
    });
}

/** Changes the template and returns the names of what it removed. */
export function withoutUnknown(template: Template): string[] {
  const { Resources: resources = {} } = template;
  const unknown = Object.entries(resources).filter(([, resource]) => isUnknown(resource));
  const removed = unknown.map(([id, { Type }]) => `${Type} ${id}`);
  for (const [id] of unknown) {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- JSON
    delete resources[id];
  }
  for (const [id, resource] of Object.entries(resources)) {
    if (resource.UpdatePolicy?.[UNKNOWN_UPDATE_POLICY] !== undefined) {
      delete resource.UpdatePolicy;
      removed.push(`UpdatePolicy of ${resource.Type} ${id}`);
    }
    if (resource.DependsOn !== undefined) {
      const left = [resource.DependsOn].flat().filter((other) => resources[other] !== undefined);
      resource.DependsOn = left.length > 0 ? left : undefined;
    }
  }
  if (removed.length > 0) {
    removed.push(...withoutParameters(template, new Set(unknown.map(([id]) => id))));
  }
  const text = JSON.stringify(resources);
  const wanted = unknown.find(([id]) => text.includes(`"${id}"`) || text.includes(`\${${id}`));
  if (wanted !== undefined) {
    throw new Error(
      `${wanted[0]} cannot be left out for the emulator: another resource refers to it`,
    );
  }
  return removed;
}

function isUnknown({ Type, Properties = {} }: Resource): boolean {
  const property = UNKNOWN_PROPERTIES[Type];
  return UNKNOWN_TYPES.test(Type) || (property !== undefined && Properties[property] !== undefined);
}

/** Parameters that pass removed resources to a nested stack, and parameters that only removed resources used. */
function withoutParameters(
  { Parameters: parameters = {}, ...rest }: Template,
  unknown: ReadonlySet<string>,
): string[] {
  const { Resources: resources = {} } = rest;
  const text = JSON.stringify(rest);
  const ownUnused = Object.keys(parameters).filter((name) => !text.includes(`"${name}"`));
  const unused = [
    ...ownUnused.map((name) => [parameters, name] as const),
    ...Object.values(resources).flatMap(({ Type, Properties: { Parameters: told = {} } = {} }) =>
      Type === 'AWS::CloudFormation::Stack'
        ? Object.entries(told)
            .filter(([, { Ref: id = '' }]) => unknown.has(id))
            .map(([name]) => [told, name] as const)
        : [],
    ),
  ];
  return unused.map(([from, name]) => {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- JSON
    delete from[name];
    return `parameter ${name}`;
  });
}
