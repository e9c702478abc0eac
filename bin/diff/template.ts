/** The parts of a CloudFormation template that a comparison reads. */
export interface Template {
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value?: unknown }>>;
}

export type Properties = Readonly<Record<string, unknown>>;

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Properties;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Metadata?: Properties;
}

/** A stack with its nested stacks. */
export interface StackTree {
  /** The stack’s name in CloudFormation. */
  readonly name: string;
  readonly template: Template;
  /** By the logical id of the `AWS::CloudFormation::Stack`. */
  readonly nested: Readonly<Record<string, StackTree>>;
  /** Construct paths by logical id, if they are known. */
  readonly paths?: Readonly<Record<string, string>>;
}

export const NESTED_STACK = 'AWS::CloudFormation::Stack';

/** The value as a template; undefined if it has an entry that is not a resource. */
export function asTemplate(value: unknown): Template | undefined {
  const { Resources: resources = {} } = isRecord(value) ? value : { Resources: undefined };
  return isRecord(value) && isRecord(resources) && Object.values(resources).every(isResource)
    ? value
    : undefined;
}

function isResource(value: unknown): boolean {
  return (
    isRecord(value) && typeof value['Type'] === 'string' && isRecord(value['Properties'] ?? {})
  );
}

export function isRecord(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
