import type * as file from './resource-schema.json';

/** The file is loaded when it is first needed: most synthesized apps and most commands do not need it. */
declare const require: (name: './resource-schema.json') => typeof file;

/** CloudFormation’s schema of a resource type. */
export interface ResourceSchema {
  /** Paths of the properties whose change replaces the resource; `[]` marks the elements of a list or map. */
  readonly createOnly: readonly string[];
  /** Paths of the properties whose change replaces the resource in some cases only. */
  readonly maybeCreateOnly: readonly string[];
  /** The properties that identify a resource, if a template can set them. */
  readonly identifier: readonly string[];
  readonly holdsData: boolean;
}

const UNKNOWN: ResourceSchema = {
  createOnly: [],
  maybeCreateOnly: [],
  identifier: [],
  holdsData: false,
};

export function resourceSchema(type: string): ResourceSchema {
  const schemas: Readonly<Record<string, string>> = require('./resource-schema.json');
  const text = schemas[type];
  if (text === undefined) {
    // A custom resource is replaced only if its handler returns a different physical id.
    return type.startsWith('AWS::') ? UNKNOWN : { ...UNKNOWN, createOnly: ['ServiceToken'] };
  }
  const [createOnly = '', identifier = '', data = ''] = text.split('|');
  const paths = words(createOnly);
  return {
    createOnly: paths.filter((path) => !path.endsWith('?')),
    maybeCreateOnly: paths.filter((path) => path.endsWith('?')).map((path) => path.slice(0, -1)),
    identifier: words(identifier),
    holdsData: data === 'S',
  };
}

function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}

/** All values at a path such as `Budget.BudgetName` or `Tags[].Key`. */
export function valuesAt(value: unknown, path: string): unknown[] {
  const [first = '', ...rest] = path.split('.');
  const name = first.replace(/\[\]/g, '');
  const depth = (first.length - name.length) / 2;
  let values: unknown[] = isObject(value) && value[name] !== undefined ? [value[name]] : [];
  for (let i = 0; i < depth; i++) {
    values = values.flatMap((list) =>
      Array.isArray(list) ? (list as unknown[]) : isObject(list) ? Object.values(list) : [],
    );
  }
  return rest.length === 0 ? values : values.flatMap((one) => valuesAt(one, rest.join('.')));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
