import FACTS from './resource-schema.json';

/** CloudFormation’s schema of a resource type. */
export interface ResourceSchema {
  /** Paths of the properties whose change replaces the resource; `[]` marks the elements of a list or map. */
  readonly createOnly: readonly string[];
  /** Paths of the properties whose change replaces the resource in some cases only. */
  readonly maybeCreateOnly: readonly string[];
  /** The properties that identify a resource, where a template can set them. */
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
  const text = (FACTS as Readonly<Record<string, string>>)[type];
  if (text === undefined) {
    // A custom resource is replaced only where its handler returns another physical id.
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
