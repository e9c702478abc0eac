import * as fs from 'node:fs';
import * as path from 'node:path';

/** What the emulator (MiniStack 1.5.33) does not know, and calls an unrecognized resource type. */
const UNKNOWN_TYPES = /^AWS::(ApplicationAutoScaling|CodeDeploy)::/;
/** What would tell what is taken out what to do. */
const UNKNOWN_UPDATE_POLICY = 'CodeDeployLambdaAliasUpdate';

interface Resource {
  readonly Type: string;
  DependsOn?: string | string[];
  UpdatePolicy?: Record<string, unknown>;
}

interface Template {
  Resources?: Record<string, Resource>;
}

/**
 * Takes out of the templates of a cloud assembly what the emulator does not know, and says what by name. The rest is what AWS
 * would get. A reference to what is taken out, which would make another template of it, is an error.
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

/** Changes the template; gives what was taken out, by name. */
export function withoutUnknown(template: Template): string[] {
  const { Resources: resources = {} } = template;
  const unknown = Object.entries(resources).filter(([, { Type }]) => UNKNOWN_TYPES.test(Type));
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
  const text = JSON.stringify(resources);
  const wanted = unknown.find(([id]) => text.includes(`"${id}"`) || text.includes(`\${${id}`));
  if (wanted !== undefined) {
    throw new Error(`${wanted[0]} cannot be taken out for the emulator: another resource names it`);
  }
  return removed;
}
