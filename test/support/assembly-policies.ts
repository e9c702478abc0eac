import { App } from 'aws-cdk-lib';
import { fs, path, ResourceJson, TemplateJson } from './synth';

/** A statement of any policy in a cloud assembly. */
export interface AnyStatement {
  readonly type: string;
  /** Where it is: `Test.template.json AppOkRole Policies.0.PolicyDocument`. */
  readonly where: string;
  readonly effect: string;
  readonly actions: readonly string[];
  /** Each as the text of its JSON. */
  readonly resources: readonly string[];
  readonly principal?: Readonly<Record<string, string | string[]>>;
  readonly condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** All templates of an assembly, those of nested stacks too, by their file. */
export function templatesIn(cdk: App): Array<{ file: string; template: TemplateJson }> {
  const { directory } = cdk.synth();
  return fs
    .readdirSync(directory)
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => ({
      file,
      template: JSON.parse(fs.readFileSync(path.join(directory, file), 'utf8')) as TemplateJson,
    }));
}

/** The resources of all templates of an assembly. */
export function resourcesIn(cdk: App): Array<{ where: string } & ResourceJson> {
  return templatesIn(cdk).flatMap(({ file, template: { Resources = {} } }) =>
    Object.entries(Resources).map(([id, resource]) => ({ where: `${file} ${id}`, ...resource })),
  );
}

/** Every statement of every policy, whatever it belongs to: found by its form. */
export function statementsIn(cdk: App): AnyStatement[] {
  return resourcesIn(cdk).flatMap(({ where, Type, Properties }) =>
    documentsIn(Properties, where).flatMap(([place, statements]) =>
      statements.map((statement) => ({
        type: Type,
        where: place,
        effect: statement.Effect,
        actions: [statement.Action ?? []].flat(),
        resources: [statement.Resource ?? []].flat().map((resource) => JSON.stringify(resource)),
        principal: statement.Principal,
        condition: statement.Condition,
      })),
    ),
  );
}

interface StatementJson {
  readonly Effect: string;
  readonly Action?: string | string[];
  readonly Resource?: unknown;
  readonly Principal?: AnyStatement['principal'];
  readonly Condition?: AnyStatement['condition'];
}

function documentsIn(value: unknown, where: string): Array<[string, StatementJson[]]> {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const { Statement } = value as { Statement?: StatementJson[] };
  return Statement === undefined
    ? Object.entries(value).flatMap(([key, inner]) => documentsIn(inner, `${where} ${key}`))
    : [[where, Statement]];
}
